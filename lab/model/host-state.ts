export const roles = ['tcp-server', 'tcp-client', 'udp-echo-server', 'udp-client'] as const;

/** The role that a host plays, as its image says. */
export type Role = (typeof roles)[number];

/** Only `running` and `paused` hosts can have a network. */
export type HostState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';
