import { noChange } from 'lit/html.js';
import { Directive, directive, type ElementPart, PartType, type PartInfo } from 'lit/directive.js';

/** Sets styles through the object model: a style attribute, even one set by script, is refused by the page's policy. */
class StylesDirective extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('styles() stands on an element');
  }

  render(_values: Readonly<Record<string, string>>): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [values]: [Readonly<Record<string, string>>]): typeof noChange {
    const { style } = element as HTMLElement;
    for (const [name, value] of Object.entries(values)) {
      if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    }
    return noChange;
  }
}

/** `<i ${styles({ 'flex-grow': '2' })}>`; names as in CSS. */
export const styles = directive(StylesDirective);
