package org.plait.modules;

import java.util.ArrayList;
import java.util.List;
import org.plait.host.HostException;
import org.plait.host.tty.Terminal;
import org.plait.host.wait.SlowCalls;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.PosixDescriptors;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;

/** {@code termios}. */
@PyModuleDef(name = "termios", doc = "Control of terminals, as POSIX describes it.")
public final class TermiosModule implements NativeModule {
  private static final int ICANON = 2;
  private static final int VTIME = 5;
  private static final int VMIN = 6;

  private static final String CONSTANTS =
      "B0=0 B1000000=4104 B110=3 B115200=4098 B1152000=4105 B1200=9 B134=4 B150=5 "
          + "B1500000=4106 B1800=10 B19200=14 B200=6 B2000000=4107 B230400=4099 B2400=11 "
          + "B2500000=4108 B300=7 B3000000=4109 B3500000=4110 B38400=15 B4000000=4111 "
          + "B460800=4100 B4800=12 B50=1 B500000=4101 B57600=4097 B576000=4102 B600=8 B75=2 "
          + "B921600=4103 B9600=13 BRKINT=2 BS0=0 BS1=8192 BSDLY=8192 CBAUD=4111 "
          + "CBAUDEX=4096 CDSUSP=25 CEOF=4 CEOL=0 CEOT=4 CERASE=127 CFLUSH=15 "
          + "CIBAUD=269418496 CINTR=3 CKILL=21 CLNEXT=22 CLOCAL=2048 CQUIT=28 CR0=0 CR1=512 "
          + "CR2=1024 CR3=1536 CRDLY=1536 CREAD=128 CRPRNT=18 CRTSCTS=2147483648 CS5=0 "
          + "CS6=16 CS7=32 CS8=48 CSIZE=48 CSTART=17 CSTOP=19 CSTOPB=64 CSUSP=26 CWERASE=23 "
          + "ECHO=8 ECHOCTL=512 ECHOE=16 ECHOK=32 ECHOKE=2048 ECHONL=64 ECHOPRT=1024 "
          + "EXTA=14 EXTB=15 EXTPROC=65536 FF0=0 FF1=32768 FFDLY=32768 FIOASYNC=21586 "
          + "FIOCLEX=21585 FIONBIO=21537 FIONCLEX=21584 FIONREAD=21531 FLUSHO=4096 "
          + "HUPCL=1024 ICANON=2 ICRNL=256 IEXTEN=32768 IGNBRK=1 IGNCR=128 IGNPAR=4 "
          + "IMAXBEL=8192 INLCR=64 INPCK=16 IOCSIZE_MASK=1073676288 IOCSIZE_SHIFT=16 ISIG=1 "
          + "ISTRIP=32 IUCLC=512 IUTF8=16384 IXANY=2048 IXOFF=4096 IXON=1024 NCC=8 NCCS=32 "
          + "NL0=0 NL1=256 NLDLY=256 NOFLSH=128 N_MOUSE=2 N_PPP=3 N_SLIP=1 N_STRIP=4 "
          + "N_TTY=0 OCRNL=8 OFDEL=128 OFILL=64 OLCUC=2 ONLCR=4 ONLRET=32 ONOCR=16 OPOST=1 "
          + "PARENB=256 PARMRK=8 PARODD=512 PENDIN=16384 TAB0=0 TAB1=2048 TAB2=4096 "
          + "TAB3=6144 TABDLY=6144 TCFLSH=21515 TCGETA=21509 TCGETS=21505 TCIFLUSH=0 "
          + "TCIOFF=2 TCIOFLUSH=2 TCION=3 TCOFLUSH=1 TCOOFF=0 TCOON=1 TCSADRAIN=1 "
          + "TCSAFLUSH=2 TCSANOW=0 TCSBRK=21513 TCSBRKP=21541 TCSETA=21510 TCSETAF=21512 "
          + "TCSETAW=21511 TCSETS=21506 TCSETSF=21508 TCSETSW=21507 TCXONC=21514 "
          + "TIOCCONS=21533 TIOCEXCL=21516 TIOCGETD=21540 TIOCGICOUNT=21597 "
          + "TIOCGLCKTRMIOS=21590 TIOCGPGRP=21519 TIOCGSERIAL=21534 TIOCGSOFTCAR=21529 "
          + "TIOCGWINSZ=21523 TIOCINQ=21531 TIOCLINUX=21532 TIOCMBIC=21527 TIOCMBIS=21526 "
          + "TIOCMGET=21525 TIOCMIWAIT=21596 TIOCMSET=21528 TIOCM_CAR=64 TIOCM_CD=64 "
          + "TIOCM_CTS=32 TIOCM_DSR=256 TIOCM_DTR=2 TIOCM_LE=1 TIOCM_RI=128 TIOCM_RNG=128 "
          + "TIOCM_RTS=4 TIOCM_SR=16 TIOCM_ST=8 TIOCNOTTY=21538 TIOCNXCL=21517 "
          + "TIOCOUTQ=21521 TIOCPKT=21536 TIOCPKT_DATA=0 TIOCPKT_DOSTOP=32 "
          + "TIOCPKT_FLUSHREAD=1 TIOCPKT_FLUSHWRITE=2 TIOCPKT_NOSTOP=16 TIOCPKT_START=8 "
          + "TIOCPKT_STOP=4 TIOCSCTTY=21518 TIOCSERCONFIG=21587 TIOCSERGETLSR=21593 "
          + "TIOCSERGETMULTI=21594 TIOCSERGSTRUCT=21592 TIOCSERGWILD=21588 "
          + "TIOCSERSETMULTI=21595 TIOCSERSWILD=21589 TIOCSER_TEMT=1 TIOCSETD=21539 "
          + "TIOCSLCKTRMIOS=21591 TIOCSPGRP=21520 TIOCSSERIAL=21535 TIOCSSOFTCAR=21530 "
          + "TIOCSTI=21522 TIOCSWINSZ=21524 TOSTOP=256 VDISCARD=13 VEOF=4 VEOL=11 VEOL2=16 "
          + "VERASE=2 VINTR=0 VKILL=3 VLNEXT=15 VMIN=6 VQUIT=1 VREPRINT=12 VSTART=8 VSTOP=9 "
          + "VSUSP=10 VSWTC=7 VSWTCH=7 VT0=0 VT1=16384 VTDLY=16384 VTIME=5 VWERASE=14 "
          + "XCASE=4 XTABS=6144 _POSIX_VDISABLE=0 ";

  private static final PyType ERROR =
      Errors.newException("termios", "error", Exceptions.Exception, null);

  @Override
  public NativeTable table() {
    return new TermiosModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("error", ERROR);
    Constants.add(m, CONSTANTS);
  }

  private static PyException error(HostException e) {
    return Errors.of(ERROR, Py.int_(e.errno()), Py.str(e.text()));
  }

  @PyFunction(sig = "(fd, /)", doc = "The attributes of a terminal, as a list.")
  static PyObject tcgetattr(PyObject fd) {
    int number = PosixDescriptors.fileno(fd);
    Terminal.Attributes a;
    try {
      a = Terminal.getAttributes(number);
    } catch (HostException e) {
      throw error(e);
    }
    List<PyObject> cc = new ArrayList<>();
    for (int i = 0; i < Terminal.NCCS; i++) {
      boolean isNumber = (a.lflag() & ICANON) == 0 && (i == VMIN || i == VTIME);
      byte b = a.cc()[i];
      cc.add(isNumber ? Py.int_(b & 0xff) : Py.bytes(new byte[] {b}));
    }
    return Py.list(
        unsigned(a.iflag()),
        unsigned(a.oflag()),
        unsigned(a.cflag()),
        unsigned(a.lflag()),
        unsigned(a.ispeed()),
        unsigned(a.ospeed()),
        Py.list(cc));
  }

  private static PyObject unsigned(int n) {
    return Py.int_(n & 0xffffffffL);
  }

  private static int flags(PyObject o) {
    PyInt i = PyNumbers.index(o);
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C long");
    }
    return (int) i.longValue();
  }

  @PyFunction(sig = "(fd, when, attributes, /)", doc = "Set the attributes of a terminal.")
  static void tcsetattr(PyObject fd, int when, PyObject attributes) {
    int number = PosixDescriptors.fileno(fd);
    if (!(attributes instanceof PyList l) || l.size() != 7) {
      throw Errors.typeError("tcsetattr, arg 3: must be 7 element list");
    }
    PyObject[] items = l.toArray();
    int[] flags = new int[6];
    for (int i = 0; i < 6; i++) {
      flags[i] = flags(items[i]);
    }
    if (!(items[6] instanceof PyList cc) || cc.size() != Terminal.NCCS) {
      throw Errors.typeError("tcsetattr: attributes[6] must be " + Terminal.NCCS + " element list");
    }
    byte[] characters = new byte[Terminal.NCCS];
    PyObject[] given = cc.toArray();
    for (int i = 0; i < Terminal.NCCS; i++) {
      PyObject c = given[i];
      if (c instanceof PyBytes b && b.size() == 1) {
        characters[i] = b.array()[0];
      } else if (c instanceof PyInt n) {
        characters[i] = (byte) flags(n);
      } else {
        throw Errors.typeError(
            "tcsetattr: elements of attributes must be bytes objects of length 1 or integers");
      }
    }
    Terminal.Attributes a =
        new Terminal.Attributes(
            flags[0], flags[1], flags[2], flags[3], flags[4], flags[5], characters);
    slowly(() -> Terminal.setAttributes(number, when, a));
  }

  private static void slowly(Runnable call) {
    try {
      Waits.result(SlowCalls.run(call));
    } catch (HostException e) {
      throw error(e);
    }
  }

  @PyFunction(sig = "(fd, duration, /)", doc = "Send a break.")
  static void tcsendbreak(PyObject fd, int duration) {
    int number = PosixDescriptors.fileno(fd);
    slowly(() -> Terminal.sendBreak(number, duration));
  }

  @PyFunction(sig = "(fd, /)", doc = "Wait until all output has been sent.")
  static void tcdrain(PyObject fd) {
    int number = PosixDescriptors.fileno(fd);
    slowly(() -> Terminal.drain(number));
  }

  @PyFunction(sig = "(fd, queue, /)", doc = "Drop what is queued.")
  static void tcflush(PyObject fd, int queue) {
    int number = PosixDescriptors.fileno(fd);
    slowly(() -> Terminal.flush(number, queue));
  }

  @PyFunction(sig = "(fd, action, /)", doc = "Suspend or resume input or output.")
  static void tcflow(PyObject fd, int action) {
    int number = PosixDescriptors.fileno(fd);
    slowly(() -> Terminal.flow(number, action));
  }

  @PyFunction(sig = "(fd, /)", doc = "The size of a terminal: rows and columns.")
  static PyObject tcgetwinsize(PyObject fd) {
    int number = PosixDescriptors.fileno(fd);
    try {
      int[] size = Terminal.getWindowSize(number);
      return Py.tuple(Py.int_(size[0]), Py.int_(size[1]));
    } catch (HostException e) {
      throw error(e);
    }
  }

  @PyFunction(sig = "(fd, winsize, /)", doc = "Set the size of a terminal: rows and columns.")
  static void tcsetwinsize(PyObject fd, PyObject winsize) {
    int number = PosixDescriptors.fileno(fd);
    String message = "tcsetwinsize, arg 2: must be a two-item sequence";
    if (!PySequences.isSequence(winsize)) {
      throw Errors.typeError(message);
    }
    PyObject[] pair = PySequences.fast(winsize, message);
    if (pair.length != 2) {
      throw Errors.typeError(message);
    }
    long[] size = new long[2];
    for (int i = 0; i < 2; i++) {
      PyInt n = PyNumbers.index(pair[i]);
      if (!n.isLong()) {
        throw Errors.overflowError("Python int too large to convert to C long");
      }
      size[i] = n.longValue();
    }
    if ((size[0] | size[1]) >>> 16 != 0) {
      throw Errors.overflowError("winsize value(s) out of range.");
    }
    try {
      Terminal.setWindowSize(number, (int) size[0], (int) size[1]);
    } catch (HostException e) {
      throw error(e);
    }
  }
}
