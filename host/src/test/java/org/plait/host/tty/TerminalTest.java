package org.plait.host.tty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.wait.Readiness;

@Timeout(60)
class TerminalTest {
  @Test
  void aPseudoTerminal() {
    int[] pty = Terminal.openpty();
    int master = pty[0];
    int slave = pty[1];
    assertThat(Fd.isatty(slave)).isTrue();
    assertThat(Fd.ttyname(slave)).isEqualTo(Terminal.ptsname(master));
    Terminal.setWindowSize(slave, 40, 300);
    assertThat(Terminal.getWindowSize(master)).containsExactly(40, 300);
    Terminal.Attributes a = Terminal.getAttributes(slave);
    assertThat(a.lflag() & 8).isEqualTo(8); // ECHO
    assertThat(a.cc()).hasSize(Terminal.NCCS);
    assertThat(a.cc()[0]).isEqualTo((byte) 3); // VINTR is Ctrl-C
    Terminal.setAttributes(
        slave,
        Terminal.TCSANOW,
        new Terminal.Attributes(
            a.iflag(), a.oflag(), a.cflag(), a.lflag() & ~8, a.ispeed(), a.ospeed(), a.cc()));
    assertThat(Terminal.getAttributes(slave).lflag() & 8).isZero();
    byte[] buffer = new byte[100];
    assertThat(Fd.tryRead(slave, buffer, 0, 100)).isEqualTo(Fd.WOULD_BLOCK);
    byte[] line = "line\n".getBytes(StandardCharsets.UTF_8);
    Fd.tryWrite(master, line, 0, line.length);
    Readiness.of(slave, Fd.POLLIN).await(Long.MAX_VALUE);
    assertThat(Fd.tryRead(slave, buffer, 0, 100)).isEqualTo(5);
    assertThat(Fd.tryWrite(slave, line, 0, line.length)).isEqualTo(5);
    Readiness.of(master, Fd.POLLIN).await(Long.MAX_VALUE);
    assertThat(Fd.tryRead(master, buffer, 0, 100)).isEqualTo(6); // with a carriage return
    Terminal.flush(slave, 2);
    Fd.close(slave);
    Fd.close(master);
    int[] p = Fd.pipe();
    assertThatThrownBy(() -> Terminal.getAttributes(p[0]))
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTTY));
    Fd.close(p[0]);
    Fd.close(p[1]);
  }
}
