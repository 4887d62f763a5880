/// The flags and arguments that several verbs share, and what they mean.
@NullMarked
package io.surfacescan.cli.options;

import org.jspecify.annotations.NullMarked;
