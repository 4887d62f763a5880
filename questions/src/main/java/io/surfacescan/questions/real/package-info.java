/// Edits of a real environment: they change its own rules, and it is lowered again.
@NullMarked
package io.surfacescan.questions.real;

import org.jspecify.annotations.NullMarked;
