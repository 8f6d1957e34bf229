package org.postrider.smtp.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postrider.smtp.wire.ForwardPath;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Destination;
import org.postrider.storage.directory.Directory.Resolution;

/// Decides whom mail is taken for: the accounts of this server and nobody else, whoever asks.
///
/// A recipient one of whose accounts has no room for the message is refused here and only here: who
/// was accepted gets it, even if the account has no room by then. One whose mail would also go to
/// an address elsewhere cannot be accepted as long as this server sends no mail.
///
/// Postmaster and abuse always have somebody (RFC 5321 §4.5.1, RFC 2142 §2, §4): where a domain of
/// ours has nobody of that name, the account that the operator names for it, or else the oldest. A
/// `<postmaster>` without domain means the one at the server's host name or at the nearest domain
/// above it that is ours.
public final class RecipientPolicy {

    private static final String POSTMASTER = "postmaster";

    private static final Set<String> ALWAYS_SOMEBODY = Set.of(POSTMASTER, "abuse");

    private final Directory directory;
    private final DomainName hostname;
    private final @Nullable MailAddress postmaster;

    /// @param postmaster who stands in where nobody has that name, or null
    public RecipientPolicy(
            Directory directory, DomainName hostname, @Nullable MailAddress postmaster) {
        this.directory = directory;
        this.hostname = hostname;
        this.postmaster = postmaster;
    }

    /// @param octets the declared size of the message, 0 when none was
    public RecipientDecision decide(ForwardPath path, long octets) {
        return switch (resolve(path)) {
            case RecipientDecision.DeliverLocally(var destinations)
                    when !haveRoom(destinations, octets) ->
                    full(path);
            case RecipientDecision.DeliverLocally local -> local;
            case RecipientDecision.Refuse refused -> refused;
        };
    }

    private boolean haveRoom(List<Destination.Here> destinations, long octets) {
        return destinations.stream()
                .flatMap(each -> directory.quota(each.account().id()).stream())
                .allMatch(quota -> quota.hasRoom(Math.max(octets, 1), 1));
    }

    private RecipientDecision resolve(ForwardPath path) {
        return switch (path) {
            case ForwardPath.Mailbox(var address) -> resolve(path, address);
            case ForwardPath.Postmaster() ->
                    homeOf(hostname.value())
                            .flatMap(home -> MailAddress.parse(POSTMASTER + "@" + home))
                            .map(address -> resolve(path, address))
                            .orElseGet(() -> standIn(path));
            case ForwardPath.AsWritten written ->
                    DomainName.parse(written.domain()).filter(directory::isLocal).isPresent()
                            ? noSuchUser(path)
                            : notLocal(path);
        };
    }

    private RecipientDecision resolve(ForwardPath path, MailAddress address) {
        return switch (directory.resolve(address)) {
            case Resolution.Recipients(var destinations) -> deliver(path, destinations);
            case Resolution.NoSuchUser() ->
                    ALWAYS_SOMEBODY.contains(address.localPart().toLowerCase(Locale.ROOT))
                            ? standIn(path)
                            : noSuchUser(path);
            case Resolution.NotLocal() -> notLocal(path);
        };
    }

    private static RecipientDecision deliver(ForwardPath path, List<Destination> destinations) {
        var here = new ArrayList<Destination.Here>();
        for (var destination : destinations) {
            switch (destination) {
                case Destination.Here each -> here.add(each);
                case Destination.Elsewhere _ -> {
                    return new RecipientDecision.Refuse(
                            SmtpReply.of(451, 3, 0, path + " goes elsewhere, which cannot be yet"));
                }
            }
        }
        return new RecipientDecision.DeliverLocally(here);
    }

    private RecipientDecision standIn(ForwardPath path) {
        if (postmaster != null
                && directory.resolve(postmaster) instanceof Resolution.Recipients(var all)) {
            return deliver(path, all);
        }
        return directory
                .oldest()
                .map(account -> new Destination.Here(account, Optional.empty()))
                .<RecipientDecision>map(here -> new RecipientDecision.DeliverLocally(List.of(here)))
                .orElseGet(() -> noSuchUser(path));
    }

    /// The nearest domain of ours at or above a name.
    private Optional<DomainName> homeOf(String name) {
        var domain = DomainName.parse(name).filter(directory::isLocal);
        int dot = name.indexOf('.');
        return domain.isPresent() || dot < 0 ? domain : homeOf(name.substring(dot + 1));
    }

    private static RecipientDecision full(ForwardPath path) {
        return new RecipientDecision.Refuse(
                SmtpReply.of(452, 2, 2, path + " has no room for the message now"));
    }

    private static RecipientDecision noSuchUser(ForwardPath path) {
        return new RecipientDecision.Refuse(
                SmtpReply.of(550, 1, 1, path + " is not a mailbox of this server"));
    }

    private static RecipientDecision notLocal(ForwardPath path) {
        return new RecipientDecision.Refuse(
                SmtpReply.of(550, 7, 1, path + " is elsewhere, and this server relays no mail"));
    }
}
