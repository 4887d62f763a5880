/// The open port and the way of a request from there to its answer.
///
/// A [Listener] opens the port and hands every request to the [FrontDoor], which counts it, checks
/// its host, caller, path and method, and has it answered.
@NullMarked
package io.surfacescan.service.port;

import org.jspecify.annotations.NullMarked;
