import { segments, type Marks, type Scope } from './commandText.ts';

/**
 * Draws a command into `code`, a line of it in an element of its own so that
 * a wrapped line is told from a new one by its indent.
 */
export function drawCode(code: HTMLElement, text: string, marks: Marks, scopes: readonly Scope[] = []): void {
  const lines = document.createDocumentFragment();
  let line = newLine(lines);
  // The line end of the last line ends it; it does not begin another one.
  const shown = text.endsWith('\n') ? text.slice(0, -1) : text;
  for (const segment of segments(shown, marks, scopes)) {
    const parts = segment.text.split('\n');
    parts.forEach((part, index) => {
      if (index > 0) {
        endLine(line);
        line = newLine(lines);
      }
      if (part !== '') (segment.placeholder ? placeholderIn(line) : line).append(piece(part, segment));
    });
  }
  endLine(line);
  code.replaceChildren(lines);
}

function newLine(parent: Node): HTMLElement {
  const line = document.createElement('span');
  line.className = 'line';
  parent.appendChild(line);
  return line;
}

/** An empty line keeps its height, and its place in what is copied. */
function endLine(line: HTMLElement): void {
  if (!line.hasChildNodes()) line.append(document.createElement('br'));
}

/** The mark that a line ends with, or a new one: a placeholder is one mark, however its colours cut it into pieces. */
function placeholderIn(line: HTMLElement): HTMLElement {
  const last = line.lastChild;
  if (last instanceof HTMLElement && last.classList.contains('placeholder')) return last;
  const made = element('span', 'placeholder', '');
  made.title = 'Has to be filled in before this can run';
  line.append(made);
  return made;
}

function piece(text: string, segment: { readonly scope: string | null; readonly hidden: { readonly shown: string; readonly name: string } | null }): Node {
  if (segment.hidden) {
    const mark = element('mark', 'hidden-character', segment.hidden.shown);
    mark.title = `${segment.hidden.name}: this character cannot be seen and is part of the command`;
    return mark;
  }
  const holder = document.createDocumentFragment();
  for (const part of text.split(/(\t+)/)) {
    if (part === '') continue;
    const className = [segment.scope ? `hl-${segment.scope}` : '', part.startsWith('\t') ? 'tab' : ''].filter(Boolean).join(' ');
    holder.append(className === '' ? document.createTextNode(part) : element('span', className, part));
  }
  return holder;
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
