/// What a run finds around it and how it speaks: streams, exit codes, messages, progress.
@NullMarked
package io.surfacescan.cli.terminal;

import org.jspecify.annotations.NullMarked;
