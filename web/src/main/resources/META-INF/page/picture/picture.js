import { LitElement, html, nothing, svg } from 'lit';
import { count, number } from '../text.js';
import { draw } from './draw.js';
import { layout, litPath, place } from './layout.js';

/// The picture of a surface. What is picked in it is for its host to keep; it tells by `pick` (a card
/// or null) and `open` (`{ hop, start }`).
export class Picture extends LitElement {
  static properties = {
    surface: { attribute: false },
    vm: { attribute: false },
    names: { attribute: false },
    path: { attribute: false },
    selected: {},
    width: { state: true },
    current: { state: true }
  };

  #size = new ResizeObserver(([entry]) => { this.width = Math.floor(entry.contentRect.width); });

  constructor() {
    super();
    this.names = new Map();
    this.path = this.selected = this.current = null;
    this.width = 0;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.width = Math.floor(this.clientWidth);
    this.#size.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
  }

  willUpdate(changed) {
    if (changed.has('surface')) {
      this.picture = layout(this.surface);
      this.spots = null;
    }
    if (!this.spots || changed.has('width')) this.spots = place(this.picture, this.width || 960);
    const ids = this.#order();
    if (!ids.includes(this.current)) this.current = ids.includes(this.selected) ? this.selected : ids[0] ?? null;
  }

  /// The cards as the keys walk over them: column by column.
  #order() {
    return this.picture.columns.flatMap(column => column.cards.map(card => card.id));
  }

  /// Its VM, group or path as the only things that stand out.
  #near() {
    const near = new Set([this.selected]);
    for (const ribbon of this.picture.ribbons) {
      if (ribbon.from === this.selected) near.add(ribbon.to);
      if (ribbon.to === this.selected) near.add(ribbon.from);
    }
    return near;
  }

  #pick(card) {
    this.current = card.id;
    if (card.more) {
      this.dispatchEvent(new CustomEvent('open', { detail: { hop: card.hop, start: card.next } }));
    } else {
      this.dispatchEvent(new CustomEvent('pick', { detail: this.selected === card.id ? null : card }));
    }
  }

  #key = event => {
    const id = event.currentTarget.dataset.card;
    const columns = this.picture.inwards ? [...this.picture.columns].reverse() : this.picture.columns;
    // The internet stands left of all others.
    columns.sort((a, b) => a.x - b.x);
    const at = columns.findIndex(column => column.cards.some(card => card.id === id));
    const row = columns[at].cards.findIndex(card => card.id === id);
    const to = {
      ArrowUp: [at, row - 1], ArrowDown: [at, row + 1], ArrowLeft: [at - 1, row], ArrowRight: [at + 1, row],
      Home: [at, 0], End: [at, columns[at].cards.length - 1]
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#pick(columns[at].cards[row]);
    } else if (to) {
      event.preventDefault();
      const column = columns[to[0]];
      const card = column?.cards[Math.min(to[1], column.cards.length - 1)];
      if (card) this.focusCard(card.id);
    }
  };

  /// Moves the focus to a card.
  async focusCard(id) {
    this.current = id ?? this.current;
    await this.updateComplete;
    this.querySelector(`[data-card="${CSS.escape(this.current)}"]`)?.focus();
  }

  /// The drawing as a file of its own: what style sheets say of it is written into it.
  drawing() {
    const source = this.querySelector('svg');
    const copy = source.cloneNode(true);
    const kept = ['fill', 'stroke', 'stroke-width', 'stroke-opacity', 'fill-opacity', 'opacity', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight', 'text-anchor'];
    const from = source.querySelectorAll('*');
    copy.querySelectorAll('*').forEach((element, index) => {
      const style = getComputedStyle(from[index]);
      if (element instanceof SVGGraphicsElement) kept.forEach(name => element.setAttribute(name, style.getPropertyValue(name)));
      ['class', 'role', 'tabindex', 'aria-pressed', 'aria-label', 'data-card', 'data-ribbon'].forEach(name => element.removeAttribute(name));
    });
    const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    back.setAttribute('width', '100%');
    back.setAttribute('height', '100%');
    back.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
    copy.prepend(back);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.removeAttribute('class');
    copy.removeAttribute('role');
    return new XMLSerializer().serializeToString(copy).replace(/<!--.*?-->/g, '');
  }

  render() {
    const lit = litPath(this.path, this.surface, this.picture);
    const selected = this.#order().includes(this.selected) ? this.selected : null;
    const state = { names: this.names, selected, near: this.#near(), lit, current: this.current };
    const { width, height } = this.spots;
    const on = { pick: card => this.#pick(card), key: this.#key, focus: card => { this.current = card.id; } };
    return html`<div class="canvas">
      <svg class="drawing" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="group"
          aria-label=${`${count(this.surface.total, 'VM')} by hops and groups`}>${
        svg`${draw(this.picture, this.spots, this.vm, state, on)}`}</svg></div>
      ${this.picture.left ? html`<p class="note">${number(this.picture.left)} thinner ribbons are not drawn; the table of groups has all.</p>` : nothing}`;
  }
}

customElements.define('scan-picture', Picture);
