package org.postrider.app.admin;

import org.postrider.storage.mailbox.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Answers every failed request with problem details (RFC 9457) that name the field to blame; what
/// Spring refuses by itself (wrong method, wrong media type, no JSON) is answered so too.
@RestControllerAdvice
public final class ProblemAnswers extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> requestProblem(RequestProblem problem) {
        var detail = ProblemDetail.forStatusAndDetail(problem.status(), message(problem));
        if (!problem.field().isEmpty()) {
            detail.setProperty("field", problem.field());
        }
        return ResponseEntity.of(detail).build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> storeUnavailable(StoreUnavailable failure) {
        LOG.warn("administration failed", failure);
        return ResponseEntity.of(
                        ProblemDetail.forStatusAndDetail(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "The store cannot do this now; try again."))
                .build();
    }

    private static String message(RequestProblem problem) {
        var message = problem.getMessage();
        return message == null ? "" : message;
    }
}
