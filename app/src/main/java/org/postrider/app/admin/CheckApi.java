package org.postrider.app.admin;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.Store;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Invariant;
import org.postrider.storage.check.Violation;
import org.postrider.storage.directory.AccountId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// `POST /api/v1/check {"deep":true,"account":"a@example.org"}`: whether all that must be true of
/// the store is. Both fields may be left out, and the whole body. The answer comes when all was
/// looked at; the server goes on meanwhile.
@RestController
@RequestMapping("/api/v1/check")
public final class CheckApi {

    private static final Logger LOG = LoggerFactory.getLogger(CheckApi.class);

    private static final int MAX_ADDRESS = 320;

    /// Violations in one answer; the others are counted.
    private static final int MAX_VIOLATIONS = 1_000;

    private final Store store;
    private final AtomicBoolean underWay = new AtomicBoolean();

    public CheckApi(Store store) {
        this.store = store;
    }

    @PostMapping(consumes = "application/json", produces = "application/json")
    Map<String, Object> check(@RequestBody(required = false) @Nullable JsonNode body) {
        var given = body == null ? JsonNodeFactory.instance.objectNode() : body;
        var fields = new RequestFields(given, Set.of("deep", "account"));
        var account = fields.optionalText("account", MAX_ADDRESS).map(this::account);
        var options = new CheckOptions(fields.flag("deep"), account);
        if (!underWay.compareAndSet(false, true)) {
            throw new RequestProblem(
                    HttpStatus.CONFLICT, "", "A check is under way; one at a time is enough.");
        }
        try {
            return check(options);
        } finally {
            underWay.set(false);
        }
    }

    private Map<String, Object> check(CheckOptions options) {
        var first = new ArrayList<Violation>();
        var report =
                store.check(
                        options,
                        violation -> {
                            if (first.size() < MAX_VIOLATIONS) {
                                first.add(violation);
                            }
                        });
        LOG.info("checked {} accounts, found {} violations", report.accounts(), report.found());
        return json(report, first);
    }

    private AccountId account(String address) {
        return MailAddress.parse(address)
                .flatMap(parsed -> store.directory().credential(parsed))
                .map(credential -> credential.account().id())
                .orElseThrow(() ->
                        RequestFields.invalid("account", "There is no account " + address + "."));
    }

    private static Map<String, Object> json(CheckReport report, List<Violation> first) {
        var json = new LinkedHashMap<String, Object>();
        json.put("clean", report.clean());
        json.put("accounts", report.accounts());
        json.put("mailboxes", report.mailboxes());
        json.put("messages", report.messages());
        json.put("bodies", report.bodies());
        json.put("octets", report.octets());
        json.put("found", report.found());
        var counts = new EnumMap<Invariant, Long>(Invariant.class);
        counts.putAll(report.violations());
        json.put(
                "invariants",
                counts.entrySet().stream()
                        .map(count -> json(count.getKey(), count.getValue()))
                        .toList());
        json.put("violations", first.stream().map(CheckApi::json).toList());
        json.put("omitted", report.found() - first.size());
        return json;
    }

    private static Map<String, Object> json(Invariant invariant, long found) {
        var json = new LinkedHashMap<String, Object>();
        json.put("code", invariant.name());
        json.put("found", found);
        json.put("invariant", invariant.sentence());
        json.put("harm", invariant.harm().sentence());
        return json;
    }

    private static Map<String, Object> json(Violation violation) {
        var place = violation.place();
        var json = new LinkedHashMap<String, Object>();
        json.put("code", violation.invariant().name());
        Optional.of(place.account())
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> json.put("account", text));
        Optional.of(place.mailbox())
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> json.put("mailbox", text));
        if (place.uid() != 0) {
            json.put("uid", place.uid());
        }
        Optional.of(place.object())
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> json.put("object", text));
        json.put("what", violation.what());
        return json;
    }
}
