/**
 * How large text is, for what is measured in pixels: it follows the person, who may choose another
 * size at any time.
 */
class Rem {
  /** Pixels of `1rem`. */
  px = $state(parseFloat(getComputedStyle(document.documentElement).fontSize));

  constructor() {
    // Nothing is told of a change of the text's size, but of the size of what is as wide as a
    // letter.
    const probe = document.createElement('div');
    probe.ariaHidden = 'true';
    probe.style.cssText = 'position:absolute;visibility:hidden;width:1rem;height:0';
    document.body.append(probe);
    new ResizeObserver(([entry]) => (this.px = entry?.contentRect.width || this.px)).observe(probe);
  }
}

export const rem = new Rem();
