# coding: utf-8
# a comment

def f(a, é="ü") -> None :  # trailing
    """doc
  string"""
	 
    if a<>b : x = 1_000+0x1f-.5e-3j ; y = a!=b

    # comment in block
    s = f"a{x!r:>{w}}b{{}}\N{BULLET}" + t'''{
  y = }
end''' + rb'\x' U"u"
    return (a,
        # inside
        b, [c
   ], {})
  
    z = \
      1

class C: pass
@ $ ? ! ` := ... -> //= **= >>= <<= 1if 1else 2
  
x = 1   # no newline
