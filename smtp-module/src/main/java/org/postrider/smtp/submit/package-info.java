/// Submission (RFC 6409): mail from people who have an account here. What a submitted message lacks
/// (Date, Message-ID: RFC 6409 §8) is not completed yet; it is stored as it came.
@NullMarked
package org.postrider.smtp.submit;

import org.jspecify.annotations.NullMarked;
