/** The programs whose conversations are recorded: in Python, so that each call here is one call of the kernel. */

const PRELUDE = `
import os, socket, struct, sys, threading, time
from socket import *
def go():
    while not os.path.exists('/tmp/go'):
        time.sleep(0.01)
def server(port=50000, kind=SOCK_STREAM):
    s = socket(AF_INET, kind)
    s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    s.bind(('0.0.0.0', port))
    if kind == SOCK_STREAM: s.listen(64)
    print('ready', flush=True)
    return s
def whole(s):
    got = b''
    while piece := s.recv(65536): got += piece
    return got
`;

const ANSWER = `
while True:
    c, _ = s.accept()
    got = whole(c)
    c.sendall(got.upper())
    c.close()
`;

const ASK = `
c = socket(AF_INET, SOCK_STREAM)
c.connect(('server', 50000))
c.sendall(b'hello\\n')
c.shutdown(SHUT_WR)
whole(c)
c.close()
`;

const ECHO = `
s = server(kind=SOCK_DGRAM)
while True:
    data, peer = s.recvfrom(65536)
    s.sendto(data, peer)
`;

/** UDP_SEGMENT and UDP_GRO of `linux/udp.h`, at the level of UDP, and IP_RECVERR and MSG_ERRQUEUE, which Python does not name. */
const NUMBERS = `
UDP, SEGMENT, GRO = 17, 103, 104
RECVERR, ERRQUEUE = 11, 0x2000
`;

/** On both families: a socket for IPv6 gets what comes over IPv4 too. */
const COUNTER = `
${NUMBERS}
s = socket(AF_INET6, SOCK_DGRAM)
s.bind(('::', 50000))
print('ready', flush=True)
`;

/** Ten datagrams in one piece, of which each looks like the others, and three that do not; over each family. */
const IN_PIECES = `
${NUMBERS}
for family in AF_INET, AF_INET6:
    address = getaddrinfo('server', 50000, family, SOCK_DGRAM)[0][4]
    c = socket(family, SOCK_DGRAM)
    c.sendmsg([b'0123456789' * 1200], [(UDP, SEGMENT, struct.pack('H', 1200))], 0, address)
    time.sleep(0.1)
    c.setsockopt(UDP, SEGMENT, 1000)
    c.sendto(b''.join(b'number %03d' % number for number in range(250)), address)
    time.sleep(0.1)
    c.close()
`;

/** A trace ends with its host: it stays until it is removed. */
const EPILOGUE = `
print('done', flush=True)
time.sleep(60)
`;

const LARGE = [
  's = server()\nc, _ = s.accept()\nwhole(c)\nc.close()\ntime.sleep(60)',
  `
c = socket(AF_INET, SOCK_STREAM)
c.connect(('server', 50000))
for _ in range(3): c.sendall(b'abcdefgh' * 1500)
c.shutdown(SHUT_WR)
whole(c)
c.close()
`,
] as const;

/** What a server and a client do, by the name of the recording. */
const scripts = {
  'half-close': [`s = server()${ANSWER}`, ASK],
  'lost-syn': [`s = server()${ANSWER}`, ASK],
  'lost-data': [
    `s = server()${ANSWER}`,
    `
c = socket(AF_INET, SOCK_STREAM)
c.connect(('server', 50000))
for number in range(6):
    c.sendall(b'message %d\\n' % number)
    time.sleep(0.02)
c.shutdown(SHUT_WR)
whole(c)
c.close()
`,
  ],
  reset: [
    `
s = server()
c, _ = s.accept()
c.recv(2)
time.sleep(0.1)
c.close()
time.sleep(60)
`,
    `
c = socket(AF_INET, SOCK_STREAM)
c.connect(('server', 50000))
c.sendall(b'more than is read\\n')
try: c.recv(100)
except OSError as error: print(error, flush=True)
c.close()
`,
  ],
  refused: [
    'print("ready", flush=True)\ntime.sleep(60)',
    `
c = socket(AF_INET, SOCK_STREAM)
try: c.connect(('server', 50001))
except OSError as error: print(error, flush=True)
c.close()
u = socket(AF_INET, SOCK_DGRAM)
u.connect(('server', 50001))
u.send(b'anyone?')
try: u.recv(100)
except OSError as error: print(error, flush=True)
u.close()
`,
  ],
  udp: [
    ECHO,
    `
c = socket(AF_INET, SOCK_DGRAM)
c.settimeout(0.5)
for number in range(4):
    c.sendto(b'echo %d' % number, ('server', 50000))
    try: c.recvfrom(2048)
    except OSError as error: print(error, flush=True)
c.close()
`,
  ],
  fragments: [
    ECHO,
    `
c = socket(AF_INET, SOCK_DGRAM)
c.sendto(b'0123456789' * 400, ('server', 50000))
c.recvfrom(65536)
c.close()
`,
  ],
  segmented: [`${COUNTER}while True: s.recvfrom(2048)`, IN_PIECES],
  'segmented-lost': [`${COUNTER}while True: s.recvfrom(2048)`, IN_PIECES],
  gathered: [
    `${COUNTER}
s.setsockopt(UDP, GRO, 1)
while True: s.recvmsg(65536, 64)`,
    IN_PIECES,
  ],
  'refused-datagrams': [
    'print("ready", flush=True)\ntime.sleep(60)',
    `
${NUMBERS}
def attempt(call, *args):
    try: call(*args)
    except OSError as error: print(error, flush=True)
    time.sleep(0.05)
def connected(family, port):
    u = socket(family, SOCK_DGRAM)
    u.connect(getaddrinfo('server', port, family, SOCK_DGRAM)[0][4])
    return u
for family in AF_INET, AF_INET6:
    u = connected(family, 50001)
    for number in range(3): attempt(u.send, b'number %d' % number)
    u.close()
u = connected(AF_INET, 50002)
attempt(u.send, b'asked about')
attempt(u.getsockopt, SOL_SOCKET, SO_ERROR)
attempt(u.send, b'read about')
attempt(u.recv, 100)
u.setsockopt(SOL_IP, RECVERR, 1)
attempt(u.send, b'queued')
attempt(u.recvmsg, 100, 512, ERRQUEUE)
attempt(u.send, b'not failing')
u.close()
# A kernel sends a host few ICMP errors at once (icmp(7), icmp_ratelimit).
time.sleep(5)
u = socket(AF_INET, SOCK_DGRAM)
u.setsockopt(SOL_IP, RECVERR, 1)
one, other = [(gethostbyname('server'), port) for port in (50003, 50004)]
attempt(u.sendto, b'to one', one)
attempt(u.sendto, b'to another', other)
u.close()
`,
  ],
  large: LARGE,
  'large-lost': LARGE,
  interleaved: [
    `
def answer(c):
    c.sendall(whole(c).upper())
    c.close()
s = server()
while True:
    c, _ = s.accept()
    threading.Thread(target=answer, args=(c,)).start()
`,
    `
ADDRESS = gethostbyname('server')
def ask(number):
    c = socket(AF_INET, SOCK_STREAM)
    c.connect((ADDRESS, 50000))
    c.sendall(b'I am %d' % number)
    c.shutdown(SHUT_WR)
    assert whole(c) == b'I AM %d' % number
    c.close()
all = [threading.Thread(target=ask, args=(n,)) for n in range(100)]
for one in all: one.start()
for one in all: one.join()
`,
  ],
} satisfies Record<string, readonly [server: string, client: string]>;

export type Scenario = keyof typeof scripts;
export const scenarios = Object.keys(scripts) as Scenario[];

/** As commands for `python3 -u -c`. The client waits for the file `/tmp/go`, and logs `done`. */
export function programsOf(scenario: Scenario): { server: string; client: string } {
  const [server, client] = scripts[scenario];
  return { server: `${PRELUDE}${server}`, client: `${PRELUDE}go()\n${client}${EPILOGUE}` };
}
