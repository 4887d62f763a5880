import { nothing, svg } from 'lit';
import { count, hops, number, percent, plain } from '../text.js';
import { CARD_HEIGHT, nameOfGroup } from './layout.js';

/// The drawing of a picture that has its places.

/// The least room for the words of a hop between two columns.
const STEP_LEAST = 110;

const TITLE = '600 13px system-ui, sans-serif';
const LINE = '12px system-ui, sans-serif';

let pen;

function wide(text, font) {
  pen ??= document.createElement('canvas').getContext('2d');
  pen.font = font;
  return pen.measureText(text).width;
}

/// A text cut to a width, at its end or, with `ends`, in its middle: what differs is often at an end.
function fit(value, width, font, ends = false) {
  const text = plain(value, 200);
  if (wide(text, font) <= width) return text;
  const cut = kept => {
    const tail = ends ? Math.floor(kept * 0.4) : 0;
    return text.slice(0, kept - tail).trimEnd() + '…' + (tail ? text.slice(-tail) : '');
  };
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (wide(cut(middle), font) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}

/// Whether a card is one VM by itself.
const isVm = card => card.name !== undefined;

const tone = (card, column) => card.outside ? 'outside' : `hop${Math.min(5, column.hop)}`;

/// What a card is called: its one VM if there is a name for it, else its tag.
export function titleOf(card, names) {
  if (card.more) return `+ ${number(card.folded)} more`;
  if (card.outside) return 'the internet';
  if (card.vms === 1 && names.get(card.sample[0])) return names.get(card.sample[0]);
  return nameOfGroup(card);
}

function lineOf(card, names, total) {
  if (card.more) return 'open';
  if (card.outside) return hops(card.hop);
  if (card.vms === 0) return 'counted in other groups';
  if (isVm(card)) return card.name ? card.key : '';
  if (card.vms === 1 && names.get(card.sample[0])) return card.tag ? `by ${card.tag}` : nameOfGroup(card);
  if (!names.size) return percent(card.vms, total);
  const known = card.sample.map(id => names.get(id) ?? id);
  return known.join(', ') + (card.vms > card.sample.length ? ', …' : '');
}

export function labelOf(card, column, names) {
  if (card.more) return `${column.single ? '' : count(card.folded, 'more group') + ', '}${count(card.vms, column.single ? 'more VM' : 'VM')}, ${column.onward ? `${column.hop} or more hops` : hops(column.hop)}; open`;
  if (card.outside) return `the internet, ${hops(card.hop)}`;
  return `${plain(titleOf(card, names))}${isVm(card) && card.name ? ` (${plain(card.key)})` : ''}, ${isVm(card) ? '' : `${count(card.vms, 'VM')}, `}${column.onward ? `${column.hop} or more hops` : hops(column.hop)}`;
}

function heading(column) {
  if (column.outside) return { title: 'From outside', line: hops(column.hop) };
  const title = column.onward ? `${column.hop} or more hops` : column.hop === 1 ? 'Direct' : hops(column.hop);
  return { title, line: count(column.vms, 'VM') + (column.single ? '' : ` · ${count(column.groups, 'group')}`) };
}

/// @param state `{ names, selected, near, lit, current, most }`: what is picked, what is beside it, the path that is lit
/// @param on `{ pick, key, focus }`
export function draw(picture, spots, vm, state, on) {
  const { columns, inwards } = picture;
  const width = spots.cardWidth;
  const dimmed = state.selected || state.lit;
  const steps = state.lit ? spots.lines.filter(line => state.lit.ribbons.has(line.ribbon.key)) : [];
  // Where no room is between the columns, the card that a hop starts from says its rule.
  const stepOf = card => steps.find(({ ribbon, span }) => ribbon.from === card.id && span < STEP_LEAST)?.ribbon.key;
  const cardClass = card => {
    const kept = state.lit ? state.lit.cards.has(card.id) : !state.selected || state.near.has(card.id);
    return `card ${kept ? '' : 'dim'} ${state.selected === card.id ? 'picked' : ''} ${card.more ? 'more' : ''}`;
  };
  const ribbonClass = ribbon => {
    const kept = state.lit ? state.lit.ribbons.has(ribbon.key) : !state.selected || ribbon.from === state.selected || ribbon.to === state.selected;
    return `ribbon ${kept ? dimmed ? 'hot' : '' : 'dim'} ${ribbon.outside ? 'outside' : ''}`;
  };
  // A column of several hops says which one a card is of.
  const line = (one, column) => (column.onward && !one.more && !isVm(one) ? hops(one.hop) + ' · ' : '') + lineOf(one, state.names, picture.total);
  const card = (one, column) => {
    const at = spots.spots.get(one.id);
    const amount = isVm(one) || one.outside && !one.vms ? '' : number(one.vms);
    const room = width - 24 - (amount ? wide(amount, TITLE) + 8 : 0);
    return svg`<g class="${cardClass(one)} ${tone(one, column)}" transform="translate(${at.x} ${at.y})" role="button"
        tabindex=${state.current === one.id ? 0 : -1} data-card=${one.id} aria-pressed=${state.selected === one.id}
        aria-label=${labelOf(one, column, state.names)} @click=${() => on.pick(one)} @keydown=${on.key} @focus=${() => on.focus(one)}>
      <title>${plain(titleOf(one, state.names), 300)}</title>
      <rect class="face" width=${width} height=${CARD_HEIGHT} rx="5"></rect>
      <path class="edge" d="M5 0H4a4 4 0 0 0-4 4V${CARD_HEIGHT - 4}a4 4 0 0 0 4 4H5z"></path>
      ${one.outside || isVm(one) ? nothing : svg`<rect class="share" x="5" y=${CARD_HEIGHT - 3} width=${Math.max(one.vms ? 2 : 0, (width - 8) * one.vms / picture.most).toFixed(1)} height="3"></rect>`}
      <text aria-hidden="true" class="title" x="13" y="19">${fit(titleOf(one, state.names), width - 22, TITLE, true)}</text>
      <text aria-hidden="true" class="line" x="13" y="36">${fit(stepOf(one) ? '→ ' + state.lit.steps.get(stepOf(one)) : line(one, column), room, LINE)}</text>
      <text aria-hidden="true" class="amount" x=${width - 10} y="36">${amount}</text>
    </g>`;
  };
  const head = column => {
    const { title, line } = heading(column);
    return svg`<g class="head" transform="translate(${column.x} 0)"><text class="title" y="15">${title}</text><text class="line" y="33">${line}</text></g>`;
  };
  return svg`
    <g class="ribbons">${spots.lines.map(({ ribbon, way, thick }) => svg`<path class=${ribbonClass(ribbon)} d=${way} stroke-width=${thick.toFixed(2)}
        data-ribbon=${ribbon.key}><title>${count(ribbon.rule_count, 'rule')}${ribbon.vms ? `, ${count(ribbon.vms, 'VM')}` : ''}</title></path>`)}</g>
    ${columns.map(head)}
    <g class="head" transform="translate(${spots.vm.x} 0)"><text class="title" y="15">${inwards ? 'Target' : 'Source'}</text><text class="line" y="33">1 VM</text></g>
    ${columns.map(column => column.cards.map(one => card(one, column)))}
    <g class="card vm" role="img" aria-label=${plain(vm.name ?? vm.vm_id)} transform="translate(${spots.vm.x} ${spots.vm.y})">
      <title>${plain(vm.name ?? vm.vm_id, 300)}</title>
      <rect class="face" width=${width} height=${CARD_HEIGHT} rx="5"></rect>
      <text aria-hidden="true" class="title" x="13" y="19">${fit(vm.name ?? vm.vm_id, width - 24, TITLE, true)}</text>
      <text aria-hidden="true" class="line" x="13" y="36">${fit(vm.name ? vm.vm_id : inwards ? 'attacked' : 'attacks', width - 24, LINE)}</text>
    </g>
    ${steps.filter(({ span }) => span >= STEP_LEAST).map(({ ribbon, mid, span }) => {
      const step = state.lit.steps.get(ribbon.key);
      const words = fit(step, span - 8, LINE);
      const half = wide(words, LINE) / 2 + 5;
      return svg`<g class="step" aria-hidden="true" transform="translate(${mid.x.toFixed(1)} ${mid.y.toFixed(1)})"><title>${plain(step)}</title><rect x=${-half} y="-10" width=${2 * half} height="20" rx="4"></rect><text y="4">${words}</text></g>`;
    })}`;
}
