package org.plait.host.net;

/** A name could not be resolved; the code is getaddrinfo's (EAI_…) or, if so marked, h_errno. */
public final class ResolveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final boolean hostError;

  ResolveException(int code, boolean hostError, String text) {
    super(text, null, false, false);
    this.code = code;
    this.hostError = hostError;
  }

  public int code() {
    return code;
  }

  /** Whether the code is an h_errno, of gethostbyname and its like. */
  public boolean isHostError() {
    return hostError;
  }
}
