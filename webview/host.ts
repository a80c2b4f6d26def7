import type { Transport } from '../src/protocol/connection.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Where the panel lives: a webview, or a plain page that offers the same three functions. */
export interface PanelHost {
  readonly transport: Transport;
  /** What `setState` kept, unchecked. */
  getState(): unknown;
  /** Kept while the panel is hidden. */
  setState(state: unknown): void;
}

/** The only place that knows VS Code's webview API. */
export function connectHost(): PanelHost {
  const api = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : loneApi();
  return {
    transport: {
      post: (message) => api.postMessage(message),
      listen(listener) {
        const handler = (event: MessageEvent<unknown>): void => listener(event.data);
        window.addEventListener('message', handler);
        return () => window.removeEventListener('message', handler);
      },
    },
    getState: () => api.getState(),
    setState: (state) => api.setState(state),
  };
}

/** A page that nobody listens to, so that the panel can be looked at by itself. */
function loneApi(): VsCodeApi {
  let kept: unknown;
  return {
    postMessage: () => undefined,
    getState: () => kept,
    setState: (state) => {
      kept = state;
    },
  };
}
