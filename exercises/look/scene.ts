/**
 * A scene is what is done in a lab, to be looked at.
 *
 *     scene ── hosts, clients, faults ──▶ Stage ──▶ Recording ──▶ Seen ──▶ the answers of questions
 */
import { Recording } from '../../checks/recording/recording.ts';
import { Lab } from '../../lab/index.ts';
import { untilAborted } from '../../lab/util/until-aborted.ts';
import { Seen } from './seen.ts';
import { Stage } from './stage.ts';

export interface Scene {
  /** Whether hosts have IPv6 addresses, too. Default: they have none, so that names have one address. */
  readonly ipv6?: boolean;
  /** Resolves when all that is to be seen has happened. */
  play(stage: Stage): Promise<unknown>;
}

/** Plays a scene in a lab of its own. @throws {LabError} if that cannot be done; the reason of the signal when it is aborted. */
export async function play(scene: Scene, signal: AbortSignal): Promise<Seen> {
  await using images = new AsyncDisposableStack();
  await using lab = await Lab.start({ ipv6: scene.ipv6 ?? false });
  await using recording = await Recording.start(lab);
  await using stage = new Stage({ lab, recording, images, signal });
  await untilAborted(scene.play(stage), signal);
  return new Seen(await recording.end(), stage.addresses);
}
