/// Message octets: staged before a transaction, durable before or together with the rows that name
/// them, read by ranges.
@NullMarked
package org.postrider.storage.blob;

import org.jspecify.annotations.NullMarked;
