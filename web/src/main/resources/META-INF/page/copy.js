import { html } from 'lit';
import { query } from './address.js';
import { say } from './parts.js';
import { quoted } from './text.js';

/// The menu "Copy as": what a view is in other forms.

async function copy(label, text, event) {
  event.target.closest('details').open = false;
  try {
    const words = await text();
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Over plain HTTP from another machine a page has no clipboard.
      copyBySelection(words);
    }
    say(`${label} copied`);
  } catch (failure) {
    say(failure.message);
  }
}

function copyBySelection(words) {
  const area = document.createElement('textarea');
  area.value = words;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/// The command of a question.
///
/// @param words what stands behind its verb
/// @param params which are flags there
export function command(verb, words, params) {
  const flags = [...query(params)].map(([name, value]) => value === 'true' ? `--${name}` : `--${name.replaceAll('_', '-')} ${quoted(value)}`);
  return ['surfacescan', verb, ...words.map(quoted), ...flags].join(' ');
}

/// @param items each `[label, text]`, a function that returns the text, now or later
export function copyMenu(items) {
  const close = event => {
    if (event.key === 'Escape') {
      event.currentTarget.open = false;
      event.currentTarget.querySelector('summary').focus();
    }
  };
  return html`<details class="menu" @keydown=${close} @focusout=${event => {
    if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
  }}><summary>Copy as</summary><div class="items">${items.map(([label, text]) =>
    html`<button type="button" @click=${event => copy(label, text, event)}>${label}</button>`)}</div></details>`;
}
