package org.postrider.app.admin;

import java.util.Map;
import java.util.Set;
import org.postrider.storage.address.DomainName;
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

/// `POST /api/v1/domains {"name":"example.org"}`: mail for this domain stays here from now on.
@RestController
@RequestMapping("/api/v1/domains")
public final class DomainsApi {

    private static final Logger LOG = LoggerFactory.getLogger(DomainsApi.class);

    private static final int MAX_NAME = 253;

    private final Directory directory;

    public DomainsApi(Directory directory) {
        this.directory = directory;
    }

    @PostMapping(consumes = "application/json", produces = "application/json")
    ResponseEntity<Map<String, Object>> create(@RequestBody JsonNode body) {
        var fields = new RequestFields(body, Set.of("name"));
        var name =
                DomainName.parse(fields.text("name", MAX_NAME))
                        .orElseThrow(
                                () -> RequestFields.invalid("name", "name is not a domain name."));
        return switch (directory.createDomain(name)) {
            case Creation.Created<DomainName>(var created) -> {
                LOG.info("created domain {}", created);
                yield ResponseEntity.status(HttpStatus.CREATED)
                        .body(Map.of("name", created.value()));
            }
            case Creation.Exists<DomainName>() ->
                    throw new RequestProblem(
                            HttpStatus.CONFLICT, "name", "The domain " + name + " exists already.");
            case Creation.NoSuchDomain<DomainName>() ->
                    throw new IllegalStateException("a domain needs no other domain");
        };
    }
}
