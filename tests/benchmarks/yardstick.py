"""The yardstick: what a user would write to count the words of a file or a folder. Prints how many words there are.

python tests/benchmarks/yardstick.py PATH
"""

import sys
from collections import Counter
from pathlib import Path

import jieba

jieba.setLogLevel(60)
path = Path(sys.argv[1])
words: Counter[str] = Counter()
for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
    words.update(jieba.cut(file.read_text(encoding="utf-8")))
print(len(words))
