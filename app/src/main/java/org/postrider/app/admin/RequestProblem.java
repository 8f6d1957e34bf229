package org.postrider.app.admin;

import java.io.Serial;
import org.springframework.http.HttpStatus;

/// A request that cannot be done as it stands, and which of its fields is to blame.
final class RequestProblem extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String field;

    RequestProblem(HttpStatus status, String field, String detail) {
        super(detail);
        this.status = status;
        this.field = field;
    }

    HttpStatus status() {
        return status;
    }

    String field() {
        return field;
    }
}
