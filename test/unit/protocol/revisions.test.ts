import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PanelView, StepViewStatus } from '../../../src/core/view/viewModel.ts';
import { Connection } from '../../../src/protocol/connection.ts';
import type { HostMessage, PanelMessage } from '../../../src/protocol/messages.ts';
import { checkHostMessage, checkPanelMessage } from '../../../src/protocol/schemas.ts';
import { applyPatch, diffView } from '../../../src/protocol/viewPatch.ts';
import { ViewPublisher } from '../../../src/protocol/viewPublisher.ts';
import { ViewReceiver } from '../../../src/protocol/viewReceiver.ts';
import { headerOf, notice, step, viewOf } from '../../webview/fixtureParts.ts';
import { Loopback } from './loopback.ts';

const view = (title: string, steps: readonly (readonly [string, StepViewStatus])[] = [['a', 'open']]): PanelView =>
  viewOf(headerOf(title), steps.map(([id, status]) => step(id, id, { status })));

describe('host and panel by loopback', () => {
  let line: Loopback;
  let publisher: ViewPublisher;
  let receiver: ViewReceiver;
  let asked: string[];

  beforeEach(() => {
    line = new Loopback();
    asked = [];
    const host: Connection<PanelMessage, HostMessage> = new Connection<PanelMessage, HostMessage>(line.host, {
      check: checkPanelMessage,
      receive: (message) => {
        asked.push(message.type);
        publisher.sendSnapshot();
      },
      refused: (problem) => asked.push(problem),
    });
    const panel: Connection<HostMessage, PanelMessage> = new Connection<HostMessage, PanelMessage>(line.panel, {
      check: checkHostMessage,
      receive: (message) => {
        if (message.type === 'snapshot' || message.type === 'patch') receiver.receive(message);
      },
      refused: (problem) => asked.push(problem),
    });
    receiver = new ViewReceiver(() => panel.send({ type: 'resync' }));
    publisher = new ViewPublisher((message) => host.send(message), () => '2026-01-01T00:00:00.000Z', view('one'), 7);
    panel.send({ type: 'ready' });
    line.deliver();
    asked.length = 0;
  });

  test('patches in order are applied', () => {
    publisher.publish(view('two'), 7);
    publisher.publish(view('two', [['a', 'done'], ['b', 'open']]), 7);
    line.deliver();
    expect(receiver.view).toEqual(view('two', [['a', 'done'], ['b', 'open']]));
    expect(receiver.revision).toBe(2);
    expect(asked).toEqual([]);
  });

  test('an equal view sends nothing', () => {
    publisher.publish(structuredClone(view('one')), 7);
    line.deliver();
    expect(receiver.revision).toBe(0);
  });

  test('a lost patch is noticed at the next one, asked for once, and mended', () => {
    publisher.publish(view('two'), 7);
    line.lose();
    publisher.publish(view('three'), 7);
    publisher.publish(view('four'), 7);
    line.deliver();
    expect(asked).toEqual(['resync']);
    expect(receiver.view?.header.title).toBe('four');
    publisher.publish(view('five'), 7);
    line.deliver();
    expect(receiver.view?.header.title).toBe('five');
  });

  test('patches out of order are not applied', () => {
    publisher.publish(view('two'), 7);
    publisher.publish(view('three'), 7);
    line.swap();
    line.deliver();
    expect(asked).toEqual(['resync']);
    expect(receiver.view?.header.title).toBe('three');
  });

  test('a stale patch that comes again changes nothing but asks', () => {
    publisher.publish(view('two'), 7);
    line.deliver();
    line.host.post({ type: 'patch', revision: 1, header: headerOf('forged') });
    line.deliver();
    expect(receiver.view?.header.title).toBe('two');
    expect(asked).toEqual(['resync']);
  });

  test('a patch that names a block nobody knows is a gap', () => {
    line.host.post({ type: 'patch', revision: 1, order: ['nobody'] });
    line.deliver();
    expect(asked).toEqual(['resync']);
    expect(receiver.view).toEqual(view('one'));
  });

  test('an answer that was lost is asked for again when the panel is seen', () => {
    publisher.publish(view('two'), 7);
    line.lose();
    publisher.publish(view('three'), 7);
    receiver.receive({ type: 'patch', revision: 2 });
    line.lose();
    receiver.remind();
    line.deliver();
    expect(receiver.view?.header.title).toBe('three');
  });

  test('the host knows which document was seen at each revision', () => {
    publisher.publish(view('two'), 7);
    publisher.publish(view('two'), 8);
    publisher.publish(view('three'), 8);
    expect([0, 1, 2, 3, 4].map((seen) => publisher.documentRevision(seen))).toEqual([7, 7, 8, 8, null]);
  });
});

test('a patch makes the one view from the other, whatever the two are', () => {
  const status = fc.constantFrom<StepViewStatus>('open', 'running', 'done', 'failed');
  const views = fc
    .record({ title: fc.string({ maxLength: 3 }), steps: fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), status), { selector: ([id]) => id }), noted: fc.boolean() })
    .map(({ title, steps, noted }): PanelView => ({ ...view(title, steps), notices: noted ? [notice('n', 'info', title)] : [] }));
  fc.assert(
    fc.property(views, views, (before, after) => {
      const patch = diffView(before, after);
      expect(patch === null ? before : applyPatch(before, patch)).toEqual(after);
      if (patch?.blocks) for (const block of patch.blocks) expect(before.blocks).not.toContainEqual(block);
    }),
  );
});
