/// Mail that stays here: from an accepted message to the INBOXes of its recipients.
@NullMarked
package org.postrider.smtp.deliver;

import org.jspecify.annotations.NullMarked;
