import { beforeEach, describe, expect, test } from 'vitest';
import { Connection } from '../../../src/protocol/connection.ts';
import type { HostMessage, PanelMessage } from '../../../src/protocol/messages.ts';
import { checkHostMessage, checkPanelMessage } from '../../../src/protocol/schemas.ts';
import { Loopback } from './loopback.ts';

describe('connection', () => {
  let line: Loopback;
  let received: PanelMessage[];
  let refused: string[];
  let host: Connection<PanelMessage, HostMessage>;
  let panel: Connection<HostMessage, PanelMessage>;

  beforeEach(() => {
    line = new Loopback();
    received = [];
    refused = [];
    host = new Connection(line.host, {
      check: checkPanelMessage,
      receive: (message) => {
        if (message.type === 'source') throw new Error('receiver broke');
        received.push(message);
      },
      refused: (problem) => refused.push(problem),
    });
    panel = new Connection<HostMessage, PanelMessage>(line.panel, { check: checkHostMessage, receive: () => undefined, refused: (problem) => refused.push(problem) });
  });

  test('a message arrives', () => {
    expect(panel.send({ type: 'ready' })).toBe(true);
    line.deliver();
    expect(received).toEqual([{ type: 'ready' }]);
  });

  test('a malformed one is refused and the next one arrives', () => {
    line.panel.post({ type: 'step', action: 'run', stepId: 'a', revision: 1, text: 'rm -rf /' });
    panel.send({ type: 'ready' });
    line.deliver();
    expect(refused).toHaveLength(1);
    expect(received).toEqual([{ type: 'ready' }]);
  });

  test('a receiver that throws does not end the connection', () => {
    panel.send({ type: 'source', line: 3 });
    panel.send({ type: 'ready' });
    line.deliver();
    expect(refused).toEqual(['receiver failed: receiver broke']);
    expect(received).toEqual([{ type: 'ready' }]);
  });

  test('a closed end neither sends nor receives', () => {
    panel.send({ type: 'ready' });
    host.dispose();
    line.deliver();
    expect(received).toEqual([]);
    expect(host.closed).toBe(true);
    expect(host.send({ type: 'reveal', blockKey: 'a', focus: false })).toBe(false);
    host.dispose();
  });

  test('an end that is gone is reported and not thrown', () => {
    line.gone = true;
    expect(panel.send({ type: 'ready' })).toBe(false);
    expect(refused).toEqual(['not sent: webview is disposed']);
  });
});
