import { LitElement } from 'lit';
import { filters } from '../address.js';

/// What all screens have in common: their parameters are those of the address.
export class Screen extends LitElement {
  static properties = { params: { attribute: false }, epoch: { type: Number } };

  createRenderRoot() {
    return this;
  }

  get filters() {
    return filters();
  }

  /// A parameter, or what stands for it if it is missing.
  get(name, otherwise = null) {
    return this.params.get(name) ?? otherwise;
  }

  /// What the tab is called.
  title(words) {
    document.title = words ? `${words} · surfacescan` : 'surfacescan';
  }

  /// What a key does here; the frame has its own.
  key(key) {
    this.toTable(key);
  }

  /// `t` leads to the first table, or to that of a panel.
  toTable(key, panel = this) {
    if (key === 't') panel?.querySelector('.scroll')?.focus();
  }
}
