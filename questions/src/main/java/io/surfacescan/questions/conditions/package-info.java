/// The conditions that a run can fail on, as `--fail-on` has them.
@NullMarked
package io.surfacescan.questions.conditions;

import org.jspecify.annotations.NullMarked;
