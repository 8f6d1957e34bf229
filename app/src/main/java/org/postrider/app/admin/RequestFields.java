package org.postrider.app.admin;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/// The fields of a request's JSON object, each taken once; what is not understood is refused rather
/// than ignored.
final class RequestFields {

    private final JsonNode object;

    RequestFields(JsonNode body, Set<String> known) {
        if (!body.isObject()) {
            throw new RequestProblem(HttpStatus.BAD_REQUEST, "", "The body must be a JSON object.");
        }
        var unknown = new TreeSet<>(body.propertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new RequestProblem(
                    HttpStatus.BAD_REQUEST,
                    unknown.first(),
                    "There is no field " + unknown.first() + " here.");
        }
        this.object = body;
    }

    /// A text that must be there and must not be blank.
    String text(String field, int maxLength) {
        var value = object.get(field);
        if (value == null || value.isNull()) {
            throw new RequestProblem(HttpStatus.BAD_REQUEST, field, field + " is missing.");
        }
        if (!value.isString()) {
            throw new RequestProblem(HttpStatus.BAD_REQUEST, field, field + " must be a text.");
        }
        var text = value.stringValue();
        if (text.isBlank()) {
            throw invalid(field, field + " is empty.");
        }
        if (text.length() > maxLength) {
            throw invalid(field, field + " has more than " + maxLength + " characters.");
        }
        return text;
    }

    /// A text that need not be there.
    Optional<String> optionalText(String field, int maxLength) {
        return object.has(field) ? Optional.of(text(field, maxLength)) : Optional.empty();
    }

    /// True or false; false when it is not there.
    boolean flag(String field) {
        var value = object.get(field);
        if (value != null && !value.isBoolean()) {
            throw new RequestProblem(
                    HttpStatus.BAD_REQUEST, field, field + " must be true or false.");
        }
        return value != null && value.booleanValue();
    }

    static RequestProblem invalid(String field, String detail) {
        return new RequestProblem(HttpStatus.UNPROCESSABLE_CONTENT, field, detail);
    }
}
