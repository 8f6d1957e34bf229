package org.postrider.app.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets through only who presents the administration's token (RFC 6750 §2.1).
public final class BearerFilter extends HttpFilter {

    @Serial private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(BearerFilter.class);

    private static final String SCHEME = "Bearer ";

    private final transient AdminToken token;

    public BearerFilter(AdminToken token) {
        this.token = token;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isAuthorized(request)) {
            chain.doFilter(request, response);
            return;
        }
        LOG.info("administration refused to {}", request.getRemoteAddr());
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .print(
                        """
                        {"type":"about:blank","title":"Unauthorized","status":401,\
                        "detail":"Present the token of the file admin.token as a bearer token."}
                        """);
    }

    private boolean isAuthorized(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.is(header.substring(SCHEME.length()).strip());
    }
}
