import { expect, test } from 'vitest';
import {
  choice,
  hostname,
  port,
  readSettings,
  type Setting,
  SettingsError,
  settingsTable,
  text,
  wholeNumber,
} from './settings.ts';

const specs = {
  HOST: hostname({ default: '0.0.0.0', desc: 'where to listen' }),
  PORT: port({ default: 50_000, desc: 'which port' }),
  COUNT: wholeNumber({ default: 1, min: 0, max: 10, desc: 'how often' }),
  GREETING: text({ default: 'Hello', maxBytes: 4, desc: 'what is sent' }),
  FORMAT: choice(['json', 'pretty', 'none'], { default: 'json', desc: 'how to log' }),
};

function complaint(environment: Record<string, string>): string {
  try {
    readSettings(specs, environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'no complaint';
}

test('a setting that is not given has its default', () => {
  expect(readSettings(specs, {})).toStrictEqual({
    HOST: '0.0.0.0',
    PORT: 50_000,
    COUNT: 1,
    GREETING: 'Hello',
    FORMAT: 'json',
  });
});

test('a setting that is given has the value that its text stands for', () => {
  const environment = { HOST: '::1', PORT: '1', COUNT: '10', GREETING: '', FORMAT: 'none' };
  expect(readSettings(specs, environment)).toStrictEqual({
    HOST: '::1',
    PORT: 1,
    COUNT: 10,
    GREETING: '',
    FORMAT: 'none',
  });
});

test('a variable that is no setting is ignored', () => {
  expect(Object.keys(readSettings(specs, { PATH: '/bin' }))).not.toContain('PATH');
});

test.each(['0', '65536', '-1', '+1', '1.5', '1e3', '0x50', ' 80', '80\n', '８０', 'NaN', 'http'])(
  'no port is called %j',
  (found) => {
    expect(complaint({ PORT: found })).toBe(
      `PORT must be a whole number from 1 to 65535, but is ${JSON.stringify(found)}`,
    );
  },
);

test.each(['1', '65535'])('the port %s is one', (found) => {
  expect(readSettings(specs, { PORT: found }).PORT).toBe(Number(found));
});

test.each(['11', '-0', '999999999999999999999', 'Infinity'])(
  'the count %j is out of its range',
  (found) => {
    expect(complaint({ COUNT: found })).toBe(
      `COUNT must be a whole number from 0 to 10, but is ${JSON.stringify(found)}`,
    );
  },
);

test.each(['192.0.2.1', '::', 'fe80::1%eth0', 'localhost', 'tcp-server', 'a_b.example.org.', 'x'])(
  '%j is accepted as a host',
  (found) => {
    expect(readSettings(specs, { HOST: found }).HOST).toBe(found);
  },
);

test.each(['a b', '-a', 'a-', 'http://a', 'a:80', '[::1]', ':::', 'grün', 'a\n', 'a'.repeat(254)])(
  'no server is at %j',
  (found) => {
    expect(complaint({ HOST: found })).toMatch(
      /^HOST must be an IP address or a host name, but is "/,
    );
  },
);

test('the length of a text is counted in bytes of UTF-8', () => {
  expect(readSettings(specs, { GREETING: 'éé' }).GREETING).toBe('éé');
  expect(complaint({ GREETING: 'ééa' })).toBe(
    'GREETING must be text of at most 4 bytes in UTF-8, but is "ééa"',
  );
});

test.each(['JSON', 'jso', 'constructor'])('a choice does not know the word %j', (found) => {
  expect(complaint({ FORMAT: found })).toBe(
    `FORMAT must be json, pretty or none, but is "${found}"`,
  );
});

test('a setting that is given but empty is called empty', () => {
  expect(complaint({ PORT: '' })).toMatch(/, but is empty$/);
});

test('a long value is quoted in part, on one line', () => {
  const line = complaint({ PORT: `a\n${'b'.repeat(1000)}` });
  expect(line).toBe(`PORT must be a whole number from 1 to 65535, but is "a\\n${'b'.repeat(58)}…"`);
});

test('several bad settings are all named, a line each', () => {
  expect(complaint({ PORT: 'x', COUNT: '1', HOST: '', FORMAT: 'xml' }).split('\n')).toStrictEqual([
    'HOST must be an IP address or a host name, but is empty',
    'PORT must be a whole number from 1 to 65535, but is "x"',
    'FORMAT must be json, pretty or none, but is "xml"',
  ]);
});

test('the help table has the purpose of each setting, what is allowed, and its default', () => {
  const { PORT, FORMAT } = specs satisfies Record<string, Setting<unknown>>;
  expect(settingsTable({ PORT, FORMAT })).toBe(
    [
      '  PORT    which port',
      '          a whole number from 1 to 65535; default: 50000',
      '  FORMAT  how to log',
      '          json, pretty or none; default: json',
    ].join('\n'),
  );
});

test('a long entry of the help table continues on a second line', () => {
  const desc = 'which of many';
  const words = ['a'.repeat(40), 'b'.repeat(20)];
  const rows = settingsTable({ NAME: choice(words, { default: 'b'.repeat(20), desc }) });
  expect(rows.split('\n')).toStrictEqual([
    '  NAME  which of many',
    `        ${'a'.repeat(40)} or ${'b'.repeat(20)}`,
    `        default: ${'b'.repeat(20)}`,
  ]);
});
