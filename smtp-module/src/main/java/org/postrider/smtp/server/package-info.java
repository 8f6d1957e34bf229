/// SMTP on a connection: the MX on port 25 and submission on ports 587 and 465.
@NullMarked
package org.postrider.smtp.server;

import org.jspecify.annotations.NullMarked;
