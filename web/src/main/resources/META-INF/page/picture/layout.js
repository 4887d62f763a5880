/// From an answer of `surface` to what is drawn: columns of cards, and ribbons between them. Its size
/// does not grow with the surface: at most 5 columns of 11 cards, and 150 ribbons.

export const COLUMNS_MOST = 5;
export const CARDS_MOST = 11;
const RIBBONS_MOST = 150;
const SWEEPS = 4;

export const CARD_HEIGHT = 46;
const CARD_GAP = 9;
const HEAD = 50;
const COLUMN_GAP_LEAST = 40;
const CARD_WIDTH_LEAST = 128;
const CARD_WIDTH_MOST = 232;
const RIBBON_LEAST = 1.25;

/// The hop whose column a group stands in; the last column takes all hops from its own on.
function columnOf(group, hops) {
  return hops > COLUMNS_MOST ? Math.min(group.hop ?? group.hop_from, COLUMNS_MOST) : group.hop ?? group.hop_from;
}

/// The cards of a column: the largest groups, and one card for all others.
///
/// @param start which group is the first to be shown, where others were opened
function cardsOf(hop, groups, start) {
  const named = groups.filter(group => group.tag !== undefined)
    .sort((a, b) => b.vms - a.vms || a.hop - b.hop || (a.tag < b.tag ? -1 : 1));
  const folded = groups.filter(group => group.tag === undefined);
  const room = named.length + folded.length > CARDS_MOST ? CARDS_MOST - 1 : CARDS_MOST;
  const from = start < named.length ? start : 0;
  const shown = named.slice(from, from + room);
  const others = [...named.slice(0, from), ...named.slice(from + room), ...folded];
  const cards = shown.map(group => ({
    id: group.id, hop, tag: group.tag, vms: group.vms, carrying: group.carrying, sample: group.sample, groups: [group]
  }));
  if (others.length) {
    cards.push({
      id: `more-${hop}`, hop, more: true, groups: others,
      folded: others.reduce((sum, group) => sum + (group.folded_groups ?? 1), 0),
      vms: others.reduce((sum, group) => sum + group.vms, 0), sample: [],
      next: from + room < named.length ? from + room : 0,
      opens: named.length > room || folded.length > 0
    });
  }
  return { cards, named: named.length };
}

/// Orders cards so that few ribbons cross, by the middles of those that they lead to; the card of
/// all others stays last.
function sweep(columns, ribbons) {
  const place = new Map();
  const note = column => column.cards.forEach((card, index) => place.set(card.id, index));
  columns.forEach(note);
  for (let round = 0; round < SWEEPS; round++) {
    const order = round % 2 ? [...columns].reverse() : columns;
    for (const column of order) {
      const middle = card => {
        const near = ribbons.filter(ribbon => ribbon.from === card.id || ribbon.to === card.id)
          .map(ribbon => place.get(ribbon.from === card.id ? ribbon.to : ribbon.from))
          .filter(index => index !== undefined);
        return near.length ? near.reduce((sum, index) => sum + index, 0) / near.length : place.get(card.id);
      };
      const middles = new Map(column.cards.map(card => [card.id, card.more ? Infinity : middle(card)]));
      column.cards.sort((a, b) => middles.get(a.id) - middles.get(b.id) || b.vms - a.vms);
      note(column);
    }
  }
}

/// Edges between cards: all edges between their groups as one.
function ribbonsOf(edges, cardOf) {
  const found = new Map();
  for (const edge of edges) {
    const from = cardOf.get(edge.from);
    const to = cardOf.get(edge.to);
    if (!from || !to || from === to) continue;
    const key = `${from}>${to}`;
    const ribbon = found.get(key) ?? { key, from, to, vms: 0, rules: [], rule_count: 0, joined: 0 };
    ribbon.vms += edge.vms;
    ribbon.joined++;
    ribbon.rule_count += edge.rule_count;
    ribbon.rules.push(...edge.rules);
    found.set(key, ribbon);
  }
  return [...found.values()].sort((a, b) => b.vms - a.vms);
}

/// @param surface the answer
/// @param internet `{ id, name, hops, to }`: a card of its own column, and the group that it leads to; or null
/// @param open `{ hop, start }` of the column that was opened, or null
export function layout(surface, { internet = null, open = null } = {}) {
  const inwards = surface.direction === 'in';
  const byHop = new Map();
  for (const group of surface.groups) {
    const hop = columnOf(group, surface.hops);
    byHop.set(hop, [...(byHop.get(hop) ?? []), group]);
  }
  const cardOf = new Map([[inwards ? 'target' : 'source', 'vm']]);
  const columns = [...byHop.keys()].sort((a, b) => a - b).map(hop => {
    const groups = byHop.get(hop);
    const { cards } = cardsOf(hop, groups, open?.hop === hop ? open.start : 0);
    cards.forEach(card => card.groups.forEach(group => cardOf.set(group.id, card.id)));
    return {
      hop, cards,
      onward: surface.hops > COLUMNS_MOST && hop === COLUMNS_MOST,
      vms: groups.reduce((sum, group) => sum + group.vms, 0),
      groups: groups.reduce((sum, group) => sum + (group.folded_groups ?? 1), 0)
    };
  });
  const all = ribbonsOf(surface.edges, cardOf);
  const ribbons = all.slice(0, RIBBONS_MOST);
  sweep(columns, ribbons);
  const most = Math.max(1, ...columns.flatMap(column => column.cards.map(card => card.vms)));
  if (internet) {
    const to = internet.hops === 1 ? 'vm' : cardOf.get(internet.to);
    const card = { id: 'internet', hop: internet.hops, internet: true, title: internet.name, vms: null, groups: [], sample: [] };
    columns.push({ hop: internet.hops, internet: true, cards: [card], vms: null, groups: 1 });
    if (to) {
      ribbons.push({ key: `internet>${to}`, from: 'internet', to, vms: 0, joined: 1, rules: internet.rules, rule_count: internet.rules.length, outside: true });
    }
  }
  return { inwards, columns, ribbons, most, cardOf, left: all.length - Math.min(all.length, RIBBONS_MOST) };
}

/// Where everything stands, in pixels.
export function place(picture, width) {
  const { columns, inwards, ribbons } = picture;
  const count = columns.length + 1;
  const room = Math.max(width, count * CARD_WIDTH_LEAST + (count - 1) * COLUMN_GAP_LEAST);
  const cardWidth = Math.min(CARD_WIDTH_MOST, Math.max(CARD_WIDTH_LEAST, (room - (count - 1) * (count > 4 ? COLUMN_GAP_LEAST : 84)) / count));
  const step = count > 1 ? (room - cardWidth) / (count - 1) : 0;
  const tallest = Math.max(1, ...columns.map(column => column.cards.length));
  const height = HEAD + tallest * (CARD_HEIGHT + CARD_GAP);
  const spots = new Map();
  columns.forEach((column, index) => {
    const at = inwards ? count - 2 - index : index + 1;
    column.x = Math.round(at * step);
    const shift = column.internet ? (tallest - 1) * (CARD_HEIGHT + CARD_GAP) / 2 : 0;
    column.cards.forEach((card, row) => {
      spots.set(card.id, { x: column.x, y: HEAD + Math.round(shift) + row * (CARD_HEIGHT + CARD_GAP) });
    });
  });
  const nearest = columns.find(column => column.hop === 1 && !column.internet)?.cards.length ?? 1;
  const vm = { x: Math.round(inwards ? (count - 1) * step : 0), y: HEAD + Math.round((Math.min(nearest, tallest) - 1) * (CARD_HEIGHT + CARD_GAP) / 2) };
  spots.set('vm', vm);
  return { width: Math.ceil(room), height, cardWidth: Math.floor(cardWidth), spots, vm, lines: lines(ribbons, spots, cardWidth) };
}

/// The ribbons' ways: at each side of a card they lie one below the other, as thick as the VMs that
/// can use them.
function lines(ribbons, spots, cardWidth) {
  const sums = new Map();
  const sides = new Map();
  for (const ribbon of ribbons) {
    for (const side of [`${ribbon.from} out`, `${ribbon.to} in`]) {
      sums.set(side, (sums.get(side) ?? 0) + ribbon.vms);
      sides.set(side, [...(sides.get(side) ?? []), ribbon]);
    }
  }
  const room = CARD_HEIGHT - 12;
  const scale = room / Math.max(1, ...sums.values());
  const thick = ribbon => Math.max(RIBBON_LEAST, ribbon.vms * scale);
  const ends = new Map();
  for (const [side, here] of sides) {
    const out = side.endsWith(' out');
    const other = ribbon => spots.get(out ? ribbon.to : ribbon.from)?.y ?? 0;
    here.sort((a, b) => other(a) - other(b));
    const total = here.reduce((sum, ribbon) => sum + thick(ribbon), 0);
    const gap = here.length > 1 ? Math.max(0, Math.min(4, (room - total) / (here.length - 1))) : 0;
    const squeeze = Math.min(1, room / total);
    let y = CARD_HEIGHT / 2 - Math.min(room, total + gap * (here.length - 1)) / 2;
    for (const ribbon of here) {
      ends.set(`${side} ${ribbon.key}`, y + thick(ribbon) * squeeze / 2);
      y += thick(ribbon) * squeeze + gap;
    }
  }
  return ribbons.map(ribbon => {
    const from = spots.get(ribbon.from);
    const to = spots.get(ribbon.to);
    const x0 = from.x + cardWidth;
    const x1 = to.x;
    const y0 = from.y + ends.get(`${ribbon.from} out ${ribbon.key}`);
    const y1 = to.y + ends.get(`${ribbon.to} in ${ribbon.key}`);
    if (x1 <= x0) {
      // Between two cards of one column: out on the right, and back in there.
      const out = x0 + 26;
      return { ribbon, thick: Math.min(3, thick(ribbon)), mid: { x: out, y: (y0 + y1) / 2 }, span: 0, way: `M${x0} ${y0.toFixed(1)}C${out} ${y0.toFixed(1)} ${out} ${y1.toFixed(1)} ${x0} ${y1.toFixed(1)}` };
    }
    const bend = Math.max(24, (x1 - x0) / 2);
    return {
      ribbon, thick: thick(ribbon), mid: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, span: x1 - x0,
      way: `M${x0} ${y0.toFixed(1)}C${x0 + bend} ${y0.toFixed(1)} ${x1 - bend} ${y1.toFixed(1)} ${x1} ${y1.toFixed(1)}`
    };
  });
}
