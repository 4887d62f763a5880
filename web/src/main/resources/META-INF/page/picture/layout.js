import { ruleName } from '../text.js';

/// From an answer of `surface` in columns to what is drawn: columns of cards, and ribbons between them.
/// Its size does not grow with the surface: at most 5 columns of 11 cards, and 150 ribbons.

export const COLUMNS_MOST = 5;
export const GROUPS_MOST = 10;
const RIBBONS_MOST = 150;
const SWEEPS = 4;

export const CARD_HEIGHT = 46;
const CARD_GAP = 9;
const HEAD = 50;
const COLUMN_GAP_LEAST = 40;
const CARD_WIDTH_LEAST = 120;
const CARD_WIDTH_MOST = 232;
const RIBBON_LEAST = 1.25;

/// What a group is called: by its one VM, or by what its VMs have in common.
export const nameOfGroup = group => group.name ?? group.tag ?? group.key ?? 'no account';

/// The cards of a column: its groups, the largest first, and one card for all others.
function cardsOf(column, groups) {
  const cards = groups.filter(group => !group.folded_groups)
    .sort((a, b) => b.vms - a.vms || a.hop - b.hop || (nameOfGroup(a) < nameOfGroup(b) ? -1 : 1))
    .map(group => ({ ...group, groups: [group] }));
  const others = groups.filter(group => group.folded_groups);
  if (others.length) {
    const next = column.start + column.shown;
    cards.push({
      id: `more-${column.hop_from}`, hop: column.hop_from, more: true, groups: others, sample: [],
      folded: others.reduce((sum, group) => sum + group.folded_groups, 0),
      vms: others.reduce((sum, group) => sum + group.vms, 0),
      next: next < column.groups ? next : 0
    });
  }
  return cards;
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

/// What comes from the internet has a column of its own, on the left.
function outside(groups) {
  const cards = groups.map(group => ({ ...group, outside: true, groups: [group] }));
  return { hop: Math.min(...groups.map(group => group.hop)), outside: true, cards, vms: 0, groups: cards.length };
}

export function layout(surface) {
  const inwards = surface.direction === 'in';
  const fromOutside = surface.groups.filter(group => group.internet);
  const within = surface.groups.filter(group => !group.internet);
  const columns = (surface.columns ?? []).map(column => ({
    hop: column.hop_from, vms: column.vms, groups: column.groups,
    onward: column.hop_to > column.hop_from, single: surface.by === 'vm',
    cards: cardsOf(column, within.filter(group => {
      const hop = group.hop ?? group.hop_from;
      return column.hop_from <= hop && hop <= column.hop_to;
    }))
  })).filter(column => column.cards.length);
  if (fromOutside.length) columns.push(outside(fromOutside));
  const cardOf = new Map([[inwards ? 'target' : 'source', 'vm']]);
  columns.forEach(column => column.cards.forEach(card => card.groups.forEach(group => cardOf.set(group.id, card.id))));
  const all = ribbonsOf(surface.edges, cardOf);
  const ribbons = all.slice(0, RIBBONS_MOST);
  fromOutside.forEach(group => ribbons.forEach(ribbon => { ribbon.outside ||= ribbon.from === group.id; }));
  sweep(columns, ribbons);
  const most = Math.max(1, ...columns.flatMap(column => column.cards.map(card => card.vms)));
  return { inwards, total: surface.total, columns, ribbons, most, cardOf, left: all.length - ribbons.length };
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
    const shift = column.outside ? (tallest - column.cards.length) * (CARD_HEIGHT + CARD_GAP) / 2 : 0;
    column.cards.forEach((card, row) => {
      spots.set(card.id, { x: column.x, y: HEAD + Math.round(shift) + row * (CARD_HEIGHT + CARD_GAP) });
    });
  });
  const nearest = columns.find(column => column.hop === 1 && !column.outside)?.cards.length ?? 1;
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

/// Which cards and ribbons a path leads over, so that it can be lit in the picture.
///
/// A VM of the path at so many hops is in the group of each of its entry tags there, among them the
/// source tag of every rule that its hop may take.

export function litPath(path, surface, picture) {
  if (!path?.reachable) return null;
  const inwards = surface.direction === 'in';
  const hopsHere = path.hops;
  const cards = new Set(['vm']);
  const ribbons = new Set();
  const steps = new Map();
  const groupsAt = (hop, step) => {
    const tags = new Set(step.rules.map(rule => inwards ? rule.source_tag : rule.dest_tag));
    const vm = inwards ? step.from : step.to;
    // A group of its own comes before that of all others.
    const found = surface.groups.filter(group => group.folded_groups ? group.hop_from <= hop && hop <= group.hop_to
      : group.hop === hop && (group.tag === undefined ? group.key === vm : tags.has(group.tag)));
    return found.some(group => !group.folded_groups) ? found.filter(group => !group.folded_groups) : found;
  };
  hopsHere.forEach((step, index) => {
    const far = inwards ? hopsHere.length - index : index + 1;
    const here = groupsAt(far, step);
    const nextStep = inwards ? hopsHere[index + 1] : hopsHere[index - 1];
    const next = nextStep ? new Set(groupsAt(far - 1, nextStep).map(group => group.id)) : new Set([inwards ? 'target' : 'source']);
    const ids = new Set(here.map(group => group.id));
    const edge = surface.edges.find(one => inwards ? ids.has(one.from) && next.has(one.to) : ids.has(one.to) && next.has(one.from));
    const own = edge ? (inwards ? edge.from : edge.to) : here[0]?.id;
    if (own) cards.add(picture.cardOf.get(own));
    if (!edge) return;
    const key = `${picture.cardOf.get(edge.from)}>${picture.cardOf.get(edge.to)}`;
    ribbons.add(key);
    const rule = step.rules[0];
    const services = rule.services ? ' ' + rule.services.slice(0, 2).join(', ') : '';
    const more = step.rules.length > 1 ? ` + ${step.rules.length - 1}` : '';
    steps.set(key, ruleName(rule) + services + more);
  });
  return { cards, ribbons, steps };
}
