import { LitElement, html, nothing } from 'lit';
import { go, href, withChanges } from './address.js';
import { ask } from './api.js';
import { count, plain } from './text.js';

/// The one search box: a VM by its name or id, a tag, a rule, a service.

const PAUSE_MILLIS = 150;
const SHOWN_MOST = 10;

/// Where a suggestion leads.
function target({ kind, id, source_tag: tag }) {
  switch (kind) {
    case 'tag': return href('', { tag: id });
    case 'rule': return href('rules', { tag });
    case 'service': return withChanges({ service: id });
    default: return href('vm', { vm_id: id });
  }
}

export class Search extends LitElement {
  static properties = { found: { state: true }, at: { state: true }, text: { state: true }, state: { state: true } };

  #timer = 0;
  #aborter = null;

  /// The text that what was found is for.
  #foundFor = null;

  constructor() {
    super();
    this.found = [];
    this.at = -1;
    this.text = '';
    this.state = 'closed';
  }

  createRenderRoot() {
    return this;
  }

  focusBox() {
    const box = this.querySelector('input');
    box.focus();
    box.select();
  }

  #typed(text) {
    this.text = text;
    clearTimeout(this.#timer);
    this.#aborter?.abort();
    if (!text.trim()) {
      this.#close();
      return;
    }
    this.#timer = setTimeout(() => this.#find(text.trim()), PAUSE_MILLIS);
  }

  async #find(text) {
    const aborter = new AbortController();
    this.#aborter = aborter;
    try {
      this.found = (await ask('search', { q: text, limit: SHOWN_MOST }, { signal: aborter.signal })).data;
      this.state = 'open';
      this.#foundFor = text;
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      this.found = [];
      this.state = failure.message;
    }
    this.at = -1;
  }

  #close() {
    clearTimeout(this.#timer);
    this.#aborter?.abort();
    this.found = [];
    this.#foundFor = null;
    this.at = -1;
    this.state = 'closed';
  }

  /// Goes to what is chosen, or to the best for what was typed, be it found yet or not.
  async #enter() {
    const text = this.text.trim();
    if (text && text !== this.#foundFor) {
      clearTimeout(this.#timer);
      this.#aborter?.abort();
      await this.#find(text);
    }
    const chosen = this.found[Math.max(0, this.at)];
    if (chosen && text === this.#foundFor) this.#choose(chosen);
  }

  #choose(found) {
    this.#close();
    this.text = '';
    this.querySelector('input').value = '';
    this.querySelector('input').blur();
    go(target(found));
  }

  #key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (this.found.length) this.at = (this.at + step + this.found.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.found.length;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#enter();
    } else if (event.key === 'Escape') {
      if (this.state === 'closed') event.target.blur();
      this.#close();
    }
  }

  #option(found, index) {
    const { kind, id, name } = found;
    const line = { vm: name && plain(id, 50), tag: count(found.vms ?? 0, 'VM'), rule: `${plain(found.source_tag, 40)} → ${plain(found.dest_tag, 40)}`, service: count(found.rules ?? 0, 'rule') }[kind];
    return html`<li id="found-${index}" role="option" aria-selected=${index === this.at} @mousedown=${event => event.preventDefault()}
        @click=${() => this.#choose(found)}><span class="kind">${kind === 'vm' ? 'VM' : kind}</span>
      <bdi class="name">${plain((kind === 'vm' || kind === 'service') && name ? name : id ?? 'no id', 80)}</bdi> <span class="id">${line}</span></li>`;
  }

  render() {
    const open = this.state !== 'closed';
    return html`<div class="search" role="search">
      <input type="search" role="combobox" placeholder="Find a VM, tag, rule or service" aria-label="Find a VM, tag, rule or service" aria-keyshortcuts="/"
        autocomplete="off" spellcheck="false" aria-autocomplete="list" aria-expanded=${open} aria-controls="found"
        aria-activedescendant=${this.at >= 0 ? `found-${this.at}` : nothing}
        @input=${event => this.#typed(event.target.value)} @keydown=${event => this.#key(event)}
        @blur=${() => this.#close()}><kbd aria-hidden="true">/</kbd>
      <ul id="found" role="listbox" aria-label="Suggestions" ?hidden=${!open || !this.found.length}>${this.found.map((one, index) => this.#option(one, index))}</ul>
      ${open && !this.found.length ? html`<p class="none" role="status">${this.state === 'open' ? html`Nothing is called ${plain(this.text, 40)}.` : this.state}</p>` : nothing}
    </div>`;
  }
}

customElements.define('scan-search', Search);
