package org.postrider.app.admin;

import java.util.Map;
import java.util.Set;
import org.postrider.app.security.PasswordHashing;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.Administration;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Precondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /api/v1/accounts {"address":"a@example.org","password":"…"}`: somebody new who has mail
/// here.
@RestController
@RequestMapping("/api/v1/accounts")
public final class AccountsApi {

    private static final Logger LOG = LoggerFactory.getLogger(AccountsApi.class);

    private static final int MAX_ADDRESS = 320;
    private static final int MAX_PASSWORD = 1_000;

    private final Directory directory;
    private final Administration administration;
    private final PasswordHashing hashing;

    public AccountsApi(
            Directory directory, Administration administration, PasswordHashing hashing) {
        this.directory = directory;
        this.administration = administration;
        this.hashing = hashing;
    }

    @PostMapping(consumes = "application/json", produces = "application/json")
    ResponseEntity<Map<String, Object>> create(@RequestBody JsonNode body) {
        var fields = new RequestFields(body, Set.of("address", "password"));
        var address =
                MailAddress.parse(fields.text("address", MAX_ADDRESS))
                        .orElseThrow(() ->
                                RequestFields.invalid("address", "address is not a mail address."));
        var password = fields.text("password", MAX_PASSWORD);
        if (!directory.isLocal(address.domain())) {
            throw noSuchDomain(address);
        }
        var settings = AccountEntry.Settings.of(address, hashing.hash(password));
        return switch (administration.putAccount(settings, new Precondition.Absent())) {
            case Change.Made<AccountEntry>(var entry, _) -> {
                LOG.info("created account {}", entry.account().address());
                yield ResponseEntity.status(HttpStatus.CREATED)
                        .body(Map.of("address", entry.account().address().toString()));
            }
            case Change.Refused<AccountEntry>(var why, _) ->
                    throw why == Change.Reason.NO_SUCH_DOMAIN
                            ? noSuchDomain(address)
                            : new RequestProblem(
                                    HttpStatus.CONFLICT,
                                    "address",
                                    "The account " + address + " exists already.");
        };
    }

    private static RequestProblem noSuchDomain(MailAddress address) {
        return RequestFields.invalid(
                "address",
                "The domain "
                        + address.domain()
                        + " is not one of this server's; create it first.");
    }
}
