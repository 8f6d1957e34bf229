/// The administration's REST interface under `/api/v1`: bearer token in, problem details out (RFC
/// 9457).
@NullMarked
package org.postrider.app.admin;

import org.jspecify.annotations.NullMarked;
