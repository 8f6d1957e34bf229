/// Mail to test with: like real mail, like the worst mail, and cases whose ENVELOPE and
/// BODYSTRUCTURE were written by hand. All of it is made from a seed or written here; none is
/// anybody's.
@NullMarked
package org.postrider.storage.testing.mime;

import org.jspecify.annotations.NullMarked;
