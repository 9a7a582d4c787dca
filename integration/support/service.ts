import type { Host, HostOptions, Lab } from '../../lab/index.ts';
import { docker } from './docker.ts';
import { Log } from './log.ts';
import { saveOnFailure } from './save-output.ts';

/** A host that runs a program of ours, and the log of that. */
export class Service {
  readonly host: Host;
  readonly log: Log;
  readonly name: string;
  /** Its addresses at its start: a host has none when it has ended. */
  readonly ipv4: string;
  readonly ipv6: string;

  constructor(host: Host) {
    const { name, ipv4 = '', ipv6 = '' } = host;
    this.host = host;
    this.log = new Log(host);
    this.name = name;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  static async start(lab: Lab, name: string, options: HostOptions): Promise<Service> {
    const service = new Service(await lab.startHost(name, options));
    saveOnFailure(service);
    return service;
  }

  /**
   * Waits until the host has ended, and all that it printed has been read.
   *
   * @throws {Error} when its log could not be read to the end.
   */
  async exitCode(): Promise<number> {
    const { StatusCode } = await docker.getContainer(this.host.id).wait();
    const failure = await this.log.ended;
    if (failure) throw failure;
    return StatusCode;
  }
}
