import { html, nothing } from 'lit';
import { change } from './address.js';
import { download } from './api.js';
import { say } from './parts.js';
import { number } from './text.js';

/// Tables: the same data as a picture, in pages that the server makes.

export const PAGE_ROWS = 25;

/// Rows by a column that says what it sorts by: numbers the largest first, words as in a dictionary.
function sorted(columns, rows, sort) {
  const by = columns.find(column => column.sort === sort)?.by;
  const order = (a, b) => typeof a === 'number' ? b - a : String(a).localeCompare(b, 'en');
  return by ? [...rows].sort((one, other) => order(by(one), by(other))) : rows;
}

/// @param columns each `{ title, cell, number, sort, by }`; with `sort`, the word of the order that it asks for, and with
///   `by`, what the rows are sorted by here, where all of them are
export function table(caption, columns, all, { sort = null, onSort = sort => change({ sort, after: null, row: null }) } = {}) {
  const rows = sorted(columns, all, sort);
  const head = column => column.sort
    ? html`<th scope="col" class=${column.number ? 'number' : ''} aria-sort=${sort === column.sort ? (column.number ? 'descending' : 'ascending') : nothing}>
        <button type="button" class="sort" @click=${() => onSort(column.sort)}>${column.title}<span aria-hidden="true">${sort === column.sort ? ' ↓' : ''}</span></button></th>`
    : html`<th scope="col" class=${column.number ? 'number' : ''}>${column.title}</th>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}><table>
    <caption class="unseen">${caption}</caption>
    <thead><tr>${columns.map(head)}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${columns.map(column =>
      html`<td class=${column.number ? 'number' : ''}>${column.cell(row)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/// Where a page of a list stands, and the way to the others. The place is in the address.
///
/// @param names what the address calls the place: `{ after, row }`
export function pager(answer, rows, params, names = { after: 'after', row: 'row' }) {
  const from = Number(params.get(names.row) ?? 0);
  const total = answer.total ?? from + rows;
  if (total <= rows && !from) return html`<p class="pager"><span>${number(total)} in all</span></p>`;
  return html`<nav class="pager" aria-label="Pages">
    <span>${rows ? `${number(from + 1)} to ${number(from + rows)} of ${number(total)}` : `none of ${number(total)} here`}</span>
    <button type="button" ?disabled=${!from} @click=${() => change({ [names.after]: null, [names.row]: null })}>First</button>
    <button type="button" ?disabled=${!history.state?.paged} @click=${() => history.back()}>Back</button>
    <button type="button" ?disabled=${!answer.next} @click=${() => change({ [names.after]: answer.next, [names.row]: from + rows }, { state: { paged: true } })}>Next</button>
  </nav>`;
}

/// Buttons that save the whole list, not just the page.
export function downloads(path, params, name, options = {}) {
  const save = (accept, ending) => () => download(path, params, accept, `${name}.${ending}`, options)
    .catch(failure => say(failure.message));
  return html`<button type="button" @click=${save('text/csv', 'csv')}>CSV</button>
    <button type="button" @click=${save('application/x-ndjson', 'ndjson')}>NDJSON</button>`;
}
