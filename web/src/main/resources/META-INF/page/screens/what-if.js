import { html, nothing } from 'lit';
import { go, href, withChanges } from '../address.js';
import { Call, address } from '../api.js';
import { copyMenu } from '../copy.js';
import { condition, empty, panel, realRule, rulesView, shown, vmLink } from '../parts.js';
import { downloads } from '../tables.js';
import { count, hops, number, plain, quoted } from '../text.js';
import { comparedSurfaces, delta, foldedList } from './compared.js';
import { Screen } from './screen.js';

/// What a change would do. The list of changes is the address; nothing is stored.

const KINDS = {
  remove_rule: { words: 'Close rule', form: 'id or SOURCE:DEST' },
  add_rule: { words: 'Open rule', form: 'SOURCE:DEST' },
  remove_tag: { words: 'Take tag', form: 'VM:TAG' },
  add_tag: { words: 'Give tag', form: 'VM:TAG' },
  remove_vm: { words: 'Remove VM', form: 'id' },
  narrow_rule: { words: 'Narrow rule', form: 'ID=SCOPE' },
  add_rule_like: { words: 'Rule beside', form: 'ID=SCOPE' }
};

const outside = found => found ? hops(found) : 'not at all';

const halves = (text, at) => [text.slice(0, at), text.slice(at + 1)];

/// The body of `what-if`. A rule with a colon is read as an id first, then as two tags.
function body(params, asPairs) {
  const rule = text => {
    const [source, dest] = halves(text, text.indexOf(':'));
    return { source_tag: source, dest_tag: dest };
  };
  const tag = text => {
    const [vm, name] = halves(text, text.lastIndexOf(':'));
    return { vm_id: vm, tag: name };
  };
  // Services, and ranges of addresses, which have digits and dots or colons alone.
  const scope = text => {
    const [rule, words] = halves(text, text.lastIndexOf('='));
    const [peers, services] = [true, false].map(wanted => words.split(',').filter(word => /^[\da-f:.]*[.:][\da-f:./]*$/i.test(word) === wanted));
    return { rule, ...(services.length && { services }), ...(peers.length && { peers }) };
  };
  const all = name => params.getAll(name).filter(Boolean);
  const parts = {
    remove_rules: all('remove_rule').map(text => asPairs && text.includes(':') ? rule(text) : text),
    add_rules: all('add_rule').filter(text => text.includes(':')).map(rule),
    remove_tags: all('remove_tag').filter(text => text.includes(':')).map(tag),
    add_tags: all('add_tag').filter(text => text.includes(':')).map(tag),
    remove_vms: all('remove_vm'),
    narrow_rules: all('narrow_rule').filter(text => text.includes('=')).map(scope),
    add_rules_like: all('add_rule_like').filter(text => text.includes('=')).map(scope)
  };
  const edits = Object.fromEntries(Object.entries(parts).filter(([, list]) => list.length));
  return Object.keys(edits).length ? { ...edits, vms: all('vm_id'), environment: true, limit: 20 } : null;
}

export class WhatIfScreen extends Screen {
  #answer = new Call(this);
  #pairs = new Call(this);

  get call() {
    return this.#pairs.answer || this.#pairs.error ? this.#pairs : this.#answer;
  }

  willUpdate() {
    const { epoch, filters } = this;
    const edits = body(this.params, false);
    if (!edits) {
      this.#answer.clear();
      this.#pairs.clear();
      return;
    }
    this.#answer.ask('what-if', filters, { body: edits, epoch });
    const withColon = this.params.getAll('remove_rule').some(text => text.includes(':'));
    if (this.#answer.error?.kind === 'edits-refused' && withColon) this.#pairs.ask('what-if', filters, { body: body(this.params, true), epoch });
    else this.#pairs.clear();
  }

  updated() {
    this.title('What-if');
  }

  #add(event) {
    event.preventDefault();
    const data = new FormData(event.target);
    const name = data.get('kind');
    const text = data.get('text').trim();
    event.target.reset();
    event.target.elements.text.placeholder = KINDS.remove_rule.form;
    if (text) go(withChanges({ [name]: [...this.params.getAll(name), text] }));
  }

  #look(event) {
    event.preventDefault();
    const text = new FormData(event.target).get('vm').trim();
    event.target.reset();
    if (text) go(withChanges({ vm_id: [...this.params.getAll('vm_id'), text] }));
  }

  #changes() {
    const chips = Object.entries(KINDS).flatMap(([name, kind]) => this.params.getAll(name).map(text =>
      html`<li><span class="badge">${kind.words}</span> <bdi>${plain(text, 80)}</bdi> <a href=${withChanges({ [name]: this.params.getAll(name).filter(one => one !== text) })} aria-label="Take this change back">✕</a></li>`));
    return html`<div class="body">
      ${chips.length ? html`<ul class="changes">${chips}</ul>` : empty('No change yet. Add one, or start from “Close one rule” of a VM.')}
      <form class="line" @submit=${event => this.#add(event)}>
        <label>Change<select name="kind" @change=${event => { event.target.form.elements.text.placeholder = KINDS[event.target.value].form; }}>${Object.entries(KINDS).map(([name, kind]) => html`<option value=${name}>${kind.words}</option>`)}</select></label>
        <label>What<input name="text" required autocomplete="off" spellcheck="false" placeholder=${KINDS.remove_rule.form}></label><button>Add</button></form>
      <form class="line" @submit=${event => this.#look(event)}><label>A VM to look at<input name="vm" required autocomplete="off" spellcheck="false" placeholder="id"></label><button>Look at it</button></form></div>`;
  }

  #vm(vm) {
    const list = (title, ids, total) => foldedList(title, total, ids.map(id => html`<li>${vmLink(id)}</li>`));
    const through = (words, cause) => cause ? html`<p class="through">${words} ${rulesView(cause.rules, cause.rule_count)}</p>` : nothing;
    return html`<li class="compared"><h3>${vmLink(vm.vm_id, vm.name)}</h3>
      ${vm.removed ? html`<p class="muted">It is removed.</p>` : html`<p class="beforeafter"><span><b>${number(vm.attackers.before)}</b> attackers before</span> <span aria-hidden="true">→</span> <span><b>${number(vm.attackers.after)}</b> after</span> ${delta(vm.attackers.before, vm.attackers.after)}</p>`}
      ${vm.internet_hops && vm.internet_hops.before !== vm.internet_hops.after ? html`<p>From the internet: ${outside(vm.internet_hops.before)} before, <b>${outside(vm.internet_hops.after)}</b> after.</p>` : nothing}
      ${through('Kept out by', vm.lost_through)}${through('Let in by', vm.gained_through)}
      ${list('No longer an attacker:', vm.attackers.lost, vm.attackers.lost_count)}${list('New attackers:', vm.attackers.gained, vm.attackers.gained_count)}</li>`;
  }

  #result(answer) {
    const { edits } = answer;
    const idle = edits.idle_rule_count + edits.idle_tag_count;
    return html`${idle ? html`<p class="notice warn">${count(idle, 'change')} would have no effect, because what is added is there already or no VM carries the tag.</p>` : nothing}
      ${answer.vms.length ? html`<ul class="plainlist">${answer.vms.map(vm => this.#vm(vm))}</ul>` : nothing}
      ${answer.environment ? comparedSurfaces(answer.environment, this.get('sort')) : nothing}
      ${edits.removed_real_rules?.length ? html`<p class="note">Real rules closed: ${edits.removed_real_rules.map(realRule)}</p>` : nothing}
      <p class="note">Rules closed: ${edits.removed_rule_count ? rulesView(edits.removed_rules, edits.removed_rule_count, 6) : 'none'}</p>`;
  }

  #copy(edits) {
    const flags = Object.keys(KINDS).flatMap(name => this.params.getAll(name).map(text => `--${name.replaceAll('_', '-')} ${quoted(text)}`));
    const vms = this.params.getAll('vm_id');
    const json = JSON.stringify(body(this.params, this.call === this.#pairs) ?? edits);
    return copyMenu([
      ['Link', () => location.href],
      ['Command', () => ['surfacescan', 'what-if', ...flags, '--environment', ...vms.map(quoted)].join(' ')],
      ['curl', () => `curl -d ${quoted(json)} -H 'Content-Type: application/json' ${quoted(address('what-if', this.filters))}`],
      ['JSON', () => JSON.stringify(this.call.data)]
    ]);
  }

  render() {
    const edits = body(this.params, false);
    const vms = this.params.getAll('vm_id');
    return html`<div class="title"><h1 tabindex="-1">What if</h1>${edits ? html`<div class="tools">${this.#copy(edits)}</div>` : nothing}</div>
      <div class="split wide">${edits ? panel('result', 'Before and after', shown(this.call, answer => this.#result(answer), 8), {
        kind: 'result', tools: downloads('what-if', this.filters, 'what-if', { body: body(this.params, this.call === this.#pairs) })
      }) : panel('result', 'Before and after', empty('What the changes would do is shown here.'), {})}
      <aside>${panel('changes', 'Changes', this.#changes(), { note: 'Nothing is changed but in this view' })}
        ${vms.length ? html`<p class="chips">${vms.map(id => condition('', id, { vm_id: vms.filter(one => one !== id) }))}</p>` : nothing}</aside></div>`;
  }
}

customElements.define('scan-what-if', WhatIfScreen);
