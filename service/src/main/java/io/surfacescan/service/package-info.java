/// The HTTP service: questions in, documents out, while the environment is replaced underneath.
///
/// It has rooms; each may use those before it in this list and no other:
/// 1. `settings`: how the service was asked to run: records that check themselves.
/// 2. `platform`: what the operating system gives: signals, files that change, threads of low
///    priority, limits.
/// 3. `log`: the log: what happens, in lines of text or JSON that no secret gets into.
/// 4. `audit`: what is always logged: who was let in, and what was changed.
/// 5. `exchange`: one request and its answer: how it is read, refused, counted and ended.
/// 6. `access`: who may ask, from where, and how often.
/// 7. `tls`: hTTPS with certificates that may be renewed while it serves.
/// 8. `docs`: the description of the interface: `/openapi.json` and `/docs`.
/// 9. `page`: the web page: the files of the module `web`, under names that change with them.
/// 10. `served`: the environment that is served, and how the next one takes its place.
/// 11. `send`: answers of any size, as fast as their readers take them and in bounded memory.
/// 12. `answers`: the questions over HTTP: one class each, and what all of them have in common.
/// 13. `metrics`: what is counted, for people and for machines: `/stats`, `/metrics`, `/health`,
///     StatsD.
/// 14. `port`: the open port and the way of a request from there to its answer.
/// 15. `program`: the service as a program: `Program` puts all parts together.
///
/// A failure is a refusal wherever it is noticed, and becomes a problem document in one place.
/// Everything a request does between two waits runs on its event loop, without locks, except
/// loading and the search for nearest ids.
@NullMarked
package io.surfacescan.service;

import org.jspecify.annotations.NullMarked;
