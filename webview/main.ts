import { Connection } from '../src/protocol/connection.ts';
import type { HostMessage, PanelMessage } from '../src/protocol/messages.ts';
import { checkHostMessage } from '../src/protocol/schemas.ts';
import { ViewReceiver } from '../src/protocol/viewReceiver.ts';
import { refuseHeldKeys } from './actions.ts';
import { copyText } from './clipboard.ts';
import { registerControls } from './controls.ts';
import { connectHost } from './host.ts';
import { interceptLinks } from './links.ts';
import { Panel } from './panel.ts';
import { PanelMemory } from './panelState.ts';
import { setHostTime, startTicking } from './ticker.ts';

/** Puts the panel together and connects it. There is no logic here. */
function start(root: HTMLElement): void {
  registerControls();
  const host = connectHost();
  const connection = new Connection<HostMessage, PanelMessage>(host.transport, {
    check: checkHostMessage,
    receive,
    refused: (problem) => fault(`message from the host: ${problem}`),
  });
  const post = (message: PanelMessage): void => void connection.send(message);
  const fault = (message: string): void => post({ type: 'fault', message: message.slice(0, 2_000) });
  const memory = new PanelMemory(host);
  const receiver = new ViewReceiver(() => post({ type: 'resync' }));
  const panel = new Panel(
    root,
    {
      post,
      revision: () => Math.max(0, receiver.revision),
      copy: (text, what) => void copyText(text).then((done) => panel.announcer.show(done ? `${what} copied` : `${what} could not be copied`)),
    },
    memory,
  );

  function receive(message: HostMessage): void {
    switch (message.type) {
      case 'snapshot':
      case 'patch': {
        setHostTime(message.sentAt);
        const result = receiver.receive(message);
        if (result.kind === 'changed') panel.show(result.view, result.keys);
        return;
      }
      case 'output':
        return panel.output(message.blockKey, message.commandIndex, message.text);
      case 'reveal':
        return panel.reveal(message.blockKey, message.focus);
      case 'follow':
        return panel.follow(message.blockKey, message.scroll);
    }
  }

  window.addEventListener('error', (event) => fault(event.message));
  window.addEventListener('unhandledrejection', (event) => fault(String(event.reason)));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && receiver.remind());
  interceptLinks(window, (href) => post({ type: 'link', href }));
  refuseHeldKeys(window);
  startTicking();
  showInitial((message) => isEnough(message, memory) && receive(message), fault);
  // The page may be older than the run: the host answers with what is so now.
  post({ type: 'ready' });
}

/** Draws what the host put into the page, without asking for it. */
function showInitial(receive: (message: HostMessage) => unknown, fault: (message: string) => void): void {
  const text = document.getElementById('initial')?.textContent;
  if (!text) return;
  try {
    const result = checkHostMessage(JSON.parse(text));
    if (result.ok) receive(result.value);
    else fault(`page: ${result.problem}`);
  } catch (error) {
    fault(`page: ${String(error)}`);
  }
}

/** Whether the reader's place is in it: a page that would be scrolled elsewhere in a moment is not shown. */
function isEnough(message: HostMessage, memory: PanelMemory): boolean {
  if (message.type !== 'snapshot' || message.partial !== true) return true;
  const { anchor } = memory.state;
  return anchor === null || message.view.blocks.some((block) => block.key === anchor.key);
}

const root = document.getElementById('panel') ?? document.body.appendChild(document.createElement('div'));
start(root);
