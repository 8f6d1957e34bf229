package org.postrider.app.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.app.security.LoginGuard;
import org.postrider.app.security.LoginGuard.Kind;
import org.postrider.app.security.LoginGuard.Standing;
import org.postrider.app.security.LoginGuard.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /api/v1/guard`: the addresses, networks and accounts with failed logins, and until when
/// they are locked. `DELETE /api/v1/guard/{kind}?subject=…` forgets the failures of one and lifts
/// its lock.
@RestController
@RequestMapping("/api/v1/guard")
public final class GuardApi {

    private static final Logger LOG = LoggerFactory.getLogger(GuardApi.class);

    private static final int MOST = 1_000;

    private final LoginGuard guard;

    public GuardApi(LoginGuard guard) {
        this.guard = guard;
    }

    /// @param limit of a page
    /// @param after the cursor `next` of the page before
    @GetMapping(produces = "application/json")
    Map<String, Object> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String after) {
        if (limit < 1 || limit > MOST) {
            throw RequestFields.invalid("limit", "limit must be from 1 to " + MOST + ".");
        }
        var page = guard.standings(Optional.ofNullable(after).map(GuardApi::cursor), limit);
        var json = new LinkedHashMap<String, Object>();
        json.put("guard", page.stream().map(GuardApi::json).toList());
        if (page.size() == limit) {
            var last = page.getLast().subject();
            json.put("next", last.kind().text() + ":" + last.name());
        }
        return json;
    }

    @DeleteMapping("/{kind}")
    ResponseEntity<Void> lift(@PathVariable String kind, @RequestParam String subject) {
        var lifted =
                new Subject(
                        Kind.parse(kind)
                                .orElseThrow(() ->
                                        new RequestProblem(
                                                HttpStatus.NOT_FOUND,
                                                "kind",
                                                "There is no " + kind + ".")),
                        subject);
        if (!guard.lift(lifted)) {
            throw new RequestProblem(
                    HttpStatus.NOT_FOUND,
                    "subject",
                    "There are no failed logins of " + kind + " " + subject + ".");
        }
        LOG.info("forgot the failed logins of {} {}", kind, subject);
        return ResponseEntity.noContent().build();
    }

    private static Subject cursor(String text) {
        var parts = List.of(text.split(":", 2));
        return Kind.parse(parts.getFirst())
                .filter(_ -> parts.size() == 2)
                .map(kind -> new Subject(kind, parts.getLast()))
                .orElseThrow(() -> RequestFields.invalid("after", "after is no cursor."));
    }

    private static Map<String, Object> json(Standing standing) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", standing.subject().kind().text());
        json.put("subject", standing.subject().name());
        json.put("failures", standing.failures());
        standing.lockedUntil().ifPresent(until -> json.put("lockedUntil", until.toString()));
        return json;
    }
}
