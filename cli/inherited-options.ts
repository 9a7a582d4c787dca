import { type Command, Help } from 'commander';

/** Leaves options of the commands above out of the help of one that they mean nothing to. @param flags as in `--project` */
export function leaveOut(command: Command, ...flags: readonly string[]): Command {
  const inherited = new Help();
  inherited.showGlobalOptions = true;
  return command.configureHelp({
    visibleGlobalOptions: (one) =>
      inherited.visibleGlobalOptions(one).filter(({ long }) => !flags.includes(long ?? '')),
  });
}

/** Makes a verb and its subcommands report usage errors as the program does, and show help so, but for what is their own. */
export function inheriting(verb: Command, program: Command): Command {
  for (const command of verb.commands) inheriting(command, program);
  const ownHelp = verb.configureHelp();
  return verb
    .copyInheritedSettings(program)
    .configureHelp({ ...program.configureHelp(), ...ownHelp });
}
