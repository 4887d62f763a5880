/// The open port and the way of a request from there to its answer.
///
/// A [Listener] opens the port, which has an [EventLoop] for each processor. An event loop knows
/// its connections and hands every request to the [FrontDoor], which checks its host, caller, path
/// and method and passes it on to what answers it. The [ListeningSocket] alone is closed when the
/// process stops.
@NullMarked
package io.surfacescan.service.port;

import org.jspecify.annotations.NullMarked;
