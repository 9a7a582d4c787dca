import { expect, test } from 'vitest';
import { newsFrame, newsOf } from './capture-frames.ts';
import { FrameParser, frame } from './frames.ts';

test('each frame is read whole, wherever the chunks end', () => {
  const news = { began: 1, name: 'eth0', mac: '02:00:00:00:00:01' };
  const stream = Buffer.concat([
    newsFrame(news),
    frame(1, Buffer.from('abc')),
    frame(2, Buffer.alloc(0)),
  ]);
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const parser = new FrameParser();
    const frames = [stream.subarray(0, cut), stream.subarray(cut)].flatMap((part) =>
      parser.push(part),
    );
    expect(frames.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(frames.map((one) => newsOf(one))).toEqual([news, undefined, undefined]);
    expect(frames.slice(1).map(({ data }) => String(data))).toEqual(['abc', '']);
  }
});
