package org.postrider.app.admin;

import java.util.Map;
import java.util.Set;
import org.postrider.app.security.PasswordHashing;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Creation;
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
    private final PasswordHashing hashing;

    public AccountsApi(Directory directory, PasswordHashing hashing) {
        this.directory = directory;
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
        return switch (directory.createAccount(address, hashing.hash(password))) {
            case Creation.Created<Account>(var account) -> {
                LOG.info("created account {}", account.address());
                yield ResponseEntity.status(HttpStatus.CREATED)
                        .body(Map.of("address", account.address().toString()));
            }
            case Creation.Exists<Account>() ->
                    throw new RequestProblem(
                            HttpStatus.CONFLICT,
                            "address",
                            "The account " + address + " exists already.");
            case Creation.NoSuchDomain<Account>() -> throw noSuchDomain(address);
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
