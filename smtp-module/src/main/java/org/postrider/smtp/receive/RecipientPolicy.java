package org.postrider.smtp.receive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.smtp.wire.ForwardPath;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Resolution;

/// Decides whom mail is taken for: the accounts of this server and nobody else, whoever asks.
///
/// An account without room for the message is refused here and only here: who was accepted gets it,
/// even if the account has no room by then.
///
/// Postmaster always has somebody (RFC 5321 §4.5.1) when the operator names an account for it: that
/// account gets what goes to `postmaster` at a domain of ours without an account of that name. A
/// `<postmaster>` without domain means the one at the server's host name or at the nearest domain
/// above it that is ours.
public final class RecipientPolicy {

    private static final String POSTMASTER = "postmaster";

    private final Directory directory;
    private final DomainName hostname;
    private final @Nullable MailAddress postmaster;

    /// @param postmaster who is postmaster where no account has that name, or null
    public RecipientPolicy(
            Directory directory, DomainName hostname, @Nullable MailAddress postmaster) {
        this.directory = directory;
        this.hostname = hostname;
        this.postmaster = postmaster;
    }

    /// @param octets the declared size of the message, 0 when none was
    public RecipientDecision decide(ForwardPath path, long octets) {
        return switch (resolve(path)) {
            case RecipientDecision.DeliverLocally(var account) when !hasRoom(account, octets) ->
                    full(path);
            case RecipientDecision.DeliverLocally local -> local;
            case RecipientDecision.Refuse refused -> refused;
        };
    }

    private boolean hasRoom(Account account, long octets) {
        return directory.quota(account.id()).stream()
                .allMatch(quota -> quota.hasRoom(Math.max(octets, 1), 1));
    }

    private RecipientDecision resolve(ForwardPath path) {
        return switch (path) {
            case ForwardPath.Mailbox(var address) -> resolve(path, address);
            case ForwardPath.Postmaster() ->
                    homeOf(hostname.value())
                            .flatMap(home -> MailAddress.parse(POSTMASTER + "@" + home))
                            .map(address -> resolve(path, address))
                            .orElseGet(() -> standInPostmaster(path));
            case ForwardPath.AsWritten written ->
                    DomainName.parse(written.domain()).filter(directory::isLocal).isPresent()
                            ? noSuchUser(path)
                            : notLocal(path);
        };
    }

    private RecipientDecision resolve(ForwardPath path, MailAddress address) {
        return switch (directory.resolve(address)) {
            case Resolution.Local(var account) -> new RecipientDecision.DeliverLocally(account);
            case Resolution.NoSuchUser() ->
                    address.localPart().equalsIgnoreCase(POSTMASTER)
                            ? standInPostmaster(path)
                            : noSuchUser(path);
            case Resolution.NotLocal() -> notLocal(path);
        };
    }

    private RecipientDecision standInPostmaster(ForwardPath path) {
        if (postmaster == null) {
            return noSuchUser(path);
        }
        return switch (directory.resolve(postmaster)) {
            case Resolution.Local(var account) -> new RecipientDecision.DeliverLocally(account);
            case Resolution.NoSuchUser(), Resolution.NotLocal() -> noSuchUser(path);
        };
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
