import { html, nothing } from 'lit';
import { href, withChanges } from '../address.js';
import { Call } from '../api.js';
import { condition, empty, left, panel, removal, ruleView, shown, vmLink } from '../parts.js';
import { downloads } from '../tables.js';
import { count, hops, number, plain } from '../text.js';
import { Screen } from './screen.js';

/// What the environment holds against the policy of the service, the worst first.

const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const SHOWN_MOST = 10;

export class FindingsScreen extends Screen {
  #check = new Call(this);

  willUpdate() {
    this.#check.ask('check', {}, { epoch: this.epoch });
  }

  updated() {
    this.title('Findings');
  }

  /// The path that breaks the rule, or the VMs that do.
  #shows({ path, examples, count: all }) {
    if (path.length) {
      const [from, to] = [path[0], path.at(-1)];
      return html`<a class="way-in" href=${href('path', { from: from.from, to: to.to })}>${plain(from.from_name ?? from.from, 60)} <span class="arrow" aria-label="to">→</span> ${
        plain(to.to_name ?? to.to, 60)}</a> <span class="muted">in ${hops(path.length)}</span>${left(all, 1, ' for the same cause', 'span')}`;
    }
    return html`${examples.slice(0, 5).map(id => html`${vmLink(id)} `)}${examples.length ? left(all, Math.min(5, examples.length), '', 'span') : nothing}`;
  }

  #finding(finding) {
    const { waiver, file, line, rules } = finding;
    return html`<li><p class="end">${plain(finding.message, 400)}
        ${finding.status === 'open' ? nothing : html`<span class="badge">${finding.status}</span>`}</p>
      <p>${this.#shows(finding)}</p>
      ${rules.slice(0, 3).map(rule => html`<div class="with-act">${ruleView(rule)}<a class="act" href=${href('what-if', { remove_rule: removal(rule) })}>What if</a></div>`)}${left(rules.length, 3, ' rules', 'span')}
      ${file ? html`<p class="place mono">${plain(file, 120)}${line ? `:${line}:${finding.column}` : ''}</p>` : nothing}
      <p class="muted">To do: ${plain(finding.remedy, 400)}</p>
      ${waiver ? html`<p class="muted">Waived until ${plain(waiver.expires, 20)} by ${plain(waiver.owner, 60)}: ${plain(waiver.reason, 300)}</p>` : nothing}</li>`;
  }

  #rule(rule) {
    const all = this.get('rule') === rule.id;
    const listed = all ? rule.findings : rule.findings.slice(0, SHOWN_MOST);
    return html`<section class="compared"><h3>${plain(rule.title, 200)} <code class="muted">${plain(rule.id, 60)}</code></h3>
      <p><b>${number(rule.affected)}</b> ${plain(rule.affected === 1 ? rule.unit : `${rule.unit}${/s$/.test(rule.unit) ? '' : 's'}`, 60)}${rule.status === 'accepted' ? html` <span class="badge">accepted</span>` : nothing}
        ${rule.reason ? html`<span class="muted">${plain(rule.reason, 500)}</span>` : nothing}</p>
      <ul class="edges findings">${listed.map(one => this.#finding(one))}</ul>
      ${rule.findings.length > listed.length ? html`<p><a href=${withChanges({ rule: rule.id })}>All ${number(rule.findings.length)} findings of this rule</a></p>` : nothing}
      ${rule.unexplained ? html`<p class="note">${count(rule.unexplained, 'more')} for causes that were not looked for.</p>` : nothing}</section>`;
  }

  #waivers(title, waivers) {
    return waivers.length ? html`<p class="notice warn">${title}: ${waivers.slice(0, 10).map(one => html`<code>${plain(one.place, 100)}</code> `)}</p>` : nothing;
  }

  #view(data) {
    const only = this.get('rule');
    const rules = data.rules.filter(rule => !only || rule.id === only);
    const broken = rules.filter(rule => rule.affected > 0);
    const held = rules.filter(rule => rule.affected === 0);
    const open = severity => broken.filter(rule => (!severity || rule.severity === severity) && rule.status !== 'accepted').length;
    const counts = SEVERITIES.filter(severity => open(severity)).map(severity => html`<li><b>${number(open(severity))}</b> <span>${severity}</span></li>`);
    return html`<p class="answer ${data.passed ? 'no' : 'yes'}"><b>${data.passed ? 'HELD' : 'BROKEN'}</b> <span>${data.passed
        ? `Nothing breaks the ${count(data.rules.length, 'rule')} of the policy.` : `${count(open(), 'rule')} of ${number(data.rules.length)} ${open() === 1 ? 'is' : 'are'} broken.`}</span></p>
      ${counts.length ? html`<ul class="figures">${counts}</ul>` : nothing}
      ${only ? html`<p class="chips">${condition('rule', only, { rule: null })}</p>` : nothing}
      ${this.#waivers('Waivers that have expired', data.expired_waivers)}${this.#waivers('Waivers that match nothing', data.unused_waivers)}
      ${SEVERITIES.map(severity => {
        const some = broken.filter(rule => rule.severity === severity);
        return some.length ? panel(`severity-${severity}`, html`<span class="severity ${severity}">${severity}</span>`, some.map(rule => this.#rule(rule))) : nothing;
      })}
      ${held.length ? html`<details class="panel"><summary>${count(held.length, 'rule')} without findings</summary><ul class="near">${held.map(rule =>
        html`<li><span class="severity ${rule.severity}">${rule.severity}</span> ${plain(rule.title, 200)} <code class="muted">${plain(rule.id, 60)}</code></li>`)}</ul></details>` : nothing}`;
  }

  render() {
    if (this.#check.error?.kind === 'no-policy') {
      return html`<h1 tabindex="-1">Findings</h1>${empty(html`No policy is checked here. Start the service with one, for instance <code>surfacescan serve --policy pack:baseline</code>, or with a file of your own.`)}`;
    }
    return html`<div class="title"><h1 tabindex="-1">Findings</h1>${this.#check.data ? html`<div class="tools">${downloads('check', {}, 'findings')}</div>` : nothing}</div>
      ${shown(this.#check, data => this.#view(data), 8)}`;
  }
}

customElements.define('scan-findings', FindingsScreen);
