import { html, nothing } from 'lit';
import { href, withChanges } from '../address.js';
import { panel, removal, ruleView, tagChip, vmLink } from '../parts.js';
import { titleOf } from '../picture/draw.js';
import { count, hops, number, plain } from '../text.js';

/// The panel of what is picked in the picture.

const RULES_MOST = 12;

function edges(title, found, otherEnd, nameOf, vmId) {
  if (!found.length) return nothing;
  return html`<h3>${title}</h3><ul class="edges">${found.slice(0, RULES_MOST).map(edge => html`<li>
    <p class="end"><bdi>${plain(nameOf(edge[otherEnd]), 60)}</bdi> <span class="muted">${edge.vms ? count(edge.vms, 'VM') : ''}</span></p>
    ${edge.rules.slice(0, 4).map(rule => html`<div class="with-act">${ruleView(rule)}
      <a class="act" href=${href('what-if', { remove_rule: removal(rule), vm_id: vmId })}>What if</a></div>`)}
    ${edge.rule_count > 4 ? html`<p class="muted">and ${number(edge.rule_count - Math.min(4, edge.rules.length))} more rules</p>` : nothing}</li>`)}
    ${found.length > RULES_MOST ? html`<li class="muted">and ${number(found.length - RULES_MOST)} more groups</li>` : nothing}</ul>`;
}

/// @param card picked
/// @param picture its layout
/// @param context `{ surface, names, vmId, close }`
export function groupPanel(card, picture, { surface, names, vmId, close }) {
  const inwards = surface.direction === 'in';
  const nameOf = id => {
    if (id === 'vm') return surface.name ?? surface.vm_id;
    for (const column of picture.columns) {
      const found = column.cards.find(one => one.id === id);
      if (found) return titleOf(found, names);
    }
    return id;
  };
  const out = picture.ribbons.filter(ribbon => ribbon.from === card.id);
  const into = picture.ribbons.filter(ribbon => ribbon.to === card.id);
  const path = id => inwards ? href('path', { from: id, to: vmId }) : href('path', { from: vmId, to: id });
  const content = html`<div class="body">
    ${card.tag === undefined ? nothing : html`<p>${tagChip(card.tag)}</p>`}
    ${html`<p><b>${card.outside && !card.vms ? 'Addresses outside' : count(card.vms, 'VM')}</b>, ${hops(card.hop)} away.
      ${card.carrying > card.vms ? html`<span class="muted">${number(card.carrying)} carry the tag there; the others are counted in other groups.</span>` : nothing}</p>`}
    ${card.sample.length ? html`<ul class="samples">${card.sample.map(id => html`<li>${vmLink(id, names.get(id))} <span><a class="act" href=${
        withChanges({ lit: id, pick: null })}>Light</a> <a class="act" href=${path(id)}>Path</a></span></li>`)}
      ${card.vms > card.sample.length ? html`<li class="muted">and ${number(card.vms - card.sample.length)} more <a href=${
        withChanges({ group: card.id, table: null, after: null, row: null })}>List them</a></li>` : nothing}</ul>` : nothing}
    ${edges('Lets them on', out, 'to', nameOf, vmId)}
    ${edges('Lets others in', into, 'from', nameOf, vmId)}
  </div>`;
  return panel('picked', html`<bdi>${plain(titleOf(card, names), 80)}</bdi>`, content, {
    kind: 'picked', tools: html`<button type="button" class="plain" aria-label="Close the panel" @click=${close}>✕</button>`
  });
}
