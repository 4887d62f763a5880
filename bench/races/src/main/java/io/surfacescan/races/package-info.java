/// Races against what else could answer "who attacks this VM?": graph libraries and databases.
///
/// [Race] is the command behind `scripts/race`. For each [Course] (an environment and the VMs asked
/// about) it starts every peer in a process of its own ([Entrant]); [PeerProcess] is what runs
/// there. First every answer is compared with surfacescan's, then the peer is timed. What was
/// measured stands in `docs/performance/races.md`.
///
/// A [Peer] is given the environment in the model that suits it best: most are given the
/// [LinkGraph].
@NullMarked
package io.surfacescan.races;

import org.jspecify.annotations.NullMarked;
