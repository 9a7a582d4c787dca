/** What printf, `echo -e`, `read` and a shell's variable without quotes turn into something else. */
export const SPECIAL_CHARACTERS = '100%d, C:\\new\\test,  *';

export const specialCharactersHint =
  'the text is used as the format of printf, where % and \\ have a meaning: printf("%s", text) takes it as it is. In a shell, put the variable in quotes, and use read -r.';
