import { ruleName } from '../text.js';

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
