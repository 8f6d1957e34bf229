package org.postrider.app.admin;

import java.util.Map;
import java.util.Set;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.directory.Administration;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Domain;
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

/// `POST /api/v1/domains {"name":"example.org"}`: mail for this domain stays here from now on.
@RestController
@RequestMapping("/api/v1/domains")
public final class DomainsApi {

    private static final Logger LOG = LoggerFactory.getLogger(DomainsApi.class);

    private static final int MAX_NAME = 253;

    private final Administration administration;

    public DomainsApi(Administration administration) {
        this.administration = administration;
    }

    @PostMapping(consumes = "application/json", produces = "application/json")
    ResponseEntity<Map<String, Object>> create(@RequestBody JsonNode body) {
        var fields = new RequestFields(body, Set.of("name"));
        var name =
                DomainName.parse(fields.text("name", MAX_NAME))
                        .orElseThrow(
                                () -> RequestFields.invalid("name", "name is not a domain name."));
        return switch (administration.putDomain(
                Domain.Settings.of(name), new Precondition.Absent())) {
            case Change.Made<Domain> _ -> {
                LOG.info("created domain {}", name);
                yield ResponseEntity.status(HttpStatus.CREATED).body(Map.of("name", name.value()));
            }
            case Change.Refused<Domain> _ ->
                    throw new RequestProblem(
                            HttpStatus.CONFLICT, "name", "The domain " + name + " exists already.");
        };
    }
}
